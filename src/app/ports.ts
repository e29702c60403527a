import type { ByteSource } from '../model/byte-source.js';
import type { FormatName } from '../model/format-name.js';
import type { Inspection } from '../model/artifact.js';
import type { Payload } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import type { SitePath } from '../model/site-path.js';
import type { UpstreamSource } from '../model/upstream.js';
import type { AppFolderRules } from '../model/app-folder.js';

/** Where text for people goes. */
export interface Log {
  /** What is going on, for everybody. */
  readonly info: (message: string) => void;
  /** What helps when something is wrong. */
  readonly detail: (message: string) => void;
}

/** Work that takes a while and knows how much of it there is. */
export interface ProgressTask {
  readonly advance: (amount: number) => void;
  readonly done: () => void;
}

export interface Progress {
  /** @param total in bytes */
  readonly start: (label: string, total: number) => ProgressTask;
}

/** Time and chance, which pure code does not have. */
export interface Runtime {
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A number from 0 up to 1. */
  readonly random: () => number;
}

/** A file on this machine, as it was when it was found. */
export interface FoundFile {
  readonly file: string;
  /** Size in bytes. */
  readonly size: number;
  /** When it was written last, in milliseconds since 1970. */
  readonly modified: number;
  readonly executable: boolean;
}

/** What a pattern matches. */
export interface FoundFiles {
  readonly files: readonly FoundFile[];
  readonly problems: readonly Problem[];
}

/** A file below a folder, with its `/`-separated path relative to it. */
export interface FoundBelow extends FoundFile {
  readonly path: string;
}

/** The files of a build. */
export interface ArtifactFiles {
  /** The files that a pattern matches, sorted, and an error for each that must not be published. */
  readonly match: (pattern: string) => Promise<FoundFiles>;
  /**
   * The files below a folder, sorted.
   *
   * @param rules which folders are looked into, and which links must not lead out
   * @throws {UserError} `artifact` where the folder does not exist or cannot be read, or a link that brings candidates
   *   leads out of it
   */
  readonly below: (folder: string, rules: AppFolderRules) => Promise<readonly FoundBelow[]>;
  /**
   * Those of the paths below a folder that are something other than a folder, whether it can be published or not.
   *
   * @param paths relative to the folder
   */
  readonly present: (folder: string, paths: readonly string[]) => Promise<readonly string[]>;
}

/** Opens files for reading piece by piece. */
export interface FileSources {
  readonly open: (file: string) => ByteSource & { readonly close: () => void };
}

/** Where the indexes of upstream sites come from. */
export interface UpstreamIndexes {
  /**
   * The bytes of an index; `outdated` tells why they are those of an earlier day (ISO 8601), where they are.
   *
   * @throws {UserError} `remote` where it cannot be had, `limit` where it is too large
   */
  readonly read: (source: UpstreamSource) => Promise<{
    readonly bytes: Uint8Array;
    readonly outdated: { readonly reason: string; readonly date: string } | undefined;
    /** Keeps a copy for later runs: called once the bytes have turned out to be an index. */
    readonly keep: () => Promise<void>;
  }>;
}

/** What is to be read of one file. Plain data: it may go to another thread. */
export interface InspectRequest {
  readonly task: 'inspect';
  readonly format: FormatName;
  readonly file: string;
  /** Size in bytes. */
  readonly size: number;
  readonly sitePath: string;
  /** The checksums that its current version has, on the site or upstream. */
  readonly knownChecksums: readonly string[];
}

export type InspectResult = { readonly inspection: Inspection } | { readonly problem: Problem };

/** A jar whose classes are to be looked at. Plain data: it may go to another thread. */
export interface AnalyzeRequest {
  readonly task: 'analyze';
  readonly format: FormatName;
  readonly file: string;
  /** Size in bytes. */
  readonly size: number;
  /** Whether its classes are read too, and not only listed. */
  readonly withReferences: boolean;
}

/** What the format's own analysis told of a jar. */
export type AnalyzeResult = { readonly analysis: unknown } | { readonly problem: Problem };

/** A file whose checksum is wanted by the rule of a format. Plain data: it may go to another thread. */
export interface ChecksumRequest {
  readonly task: 'checksum';
  readonly format: FormatName;
  readonly file: string;
  /** Size in bytes. */
  readonly size: number;
  /** Path on the site: in some formats it is part of the checksum. */
  readonly sitePath: string;
}

/** The checksum of a file and its size in bytes, or why there is none. */
export type ComputedChecksum =
  { readonly checksum: string; readonly size: number } | { readonly problem: Problem };

/** Reads artifacts, on several cores where that pays. */
export interface Inspector {
  /**
   * @param onDone called after each file with the bytes it had
   * @returns a result for each request, in their order
   */
  readonly inspectAll: (
    requests: readonly InspectRequest[],
    onDone: (bytes: number) => void,
  ) => Promise<readonly InspectResult[]>;

  /** The same for the classes of jars. */
  readonly analyzeAll: (
    requests: readonly AnalyzeRequest[],
    onDone: (bytes: number) => void,
  ) => Promise<readonly AnalyzeResult[]>;

  /** The same for checksums alone. */
  readonly checksumAll: (
    requests: readonly ChecksumRequest[],
    onDone: (bytes: number) => void,
  ) => Promise<readonly ComputedChecksum[]>;
}

/** The stored files of a site, as far as their sizes are known without fetching them. */
export interface SiteUsage {
  /** Sum of the sizes that are known, in bytes. */
  readonly bytes: number;
  /** How many files have a size that is not known. */
  readonly unmeasured: number;
}

/** What a site can hold. */
export interface SiteBudget {
  readonly maxFileBytes: number;
  readonly warnFileBytes: number;
  readonly maxSiteBytes: number;
  readonly warnSiteBytes: number;
}

/** How much a batch of files may hold, in bytes. */
export interface ReadLimits {
  readonly maxBytesEach: number;
  readonly maxBytesTotal: number;
}

/** When a state of a site was written. */
export interface LastChange {
  readonly date: Date;
  /** How long after that it may have been deployed, in milliseconds. */
  readonly deploymentMs: number;
}

/** Asks web servers for dates. */
export interface PublishedDates {
  /** When a file was changed last, by its server; undefined if the server does not answer soon, whatever the reason. */
  readonly lastModified: (url: string) => Promise<Date | undefined>;
}

/** Asks other servers for files that the index leads to. */
export interface FilesElsewhere {
  /**
   * The size of a file, in bytes.
   *
   * @param atMost beyond which the size does not matter
   * @throws {UserError} `remote` where the file cannot be had, with the reason
   */
  readonly sizeOf: (url: string, atMost: number) => Promise<number>;
}

/** What a site has in a place where a file must be written. */
export interface Obstacle {
  /** The file that cannot be written. */
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** A state of the site. */
export interface SiteSnapshot {
  /** Whether there is no site yet. */
  readonly isNew: boolean;
  /** Whether files and folders whose names begin with "_" will not be served. */
  readonly dropsUnderscores: boolean;
  /** Undefined if there is no such file. */
  readonly readFile: (path: SitePath) => Promise<Uint8Array | undefined>;
  /** The paths of all files of the site. */
  readonly listFiles: () => Promise<readonly string[]>;
  /**
   * Reads payloads in one batch. Absent if the store cannot do that at a reasonable price.
   *
   * @returns bytes by path; files that are not there or exceed a limit are left out
   */
  readonly readFiles?: (
    paths: readonly SitePath[],
    limits: ReadLimits,
  ) => Promise<ReadonlyMap<string, Uint8Array>>;
  /**
   * Those of the paths that the site has no file at. Absent if looking for them would cost a request for each.
   */
  readonly missingFiles?: (paths: readonly string[]) => Promise<readonly string[]>;
  /**
   * What stands where files with these paths must be written, and cannot be replaced by them. Absent if the site has
   * nothing.
   */
  readonly obstacles?: (paths: readonly SitePath[]) => Promise<readonly Obstacle[]>;
  /**
   * When the site was changed last; undefined if that is not known. Absent for a store that cannot tell.
   *
   * @param indexPath path of the index on the site
   */
  readonly lastChange?: (indexPath: SitePath) => Promise<LastChange | undefined>;
  /**
   * Absent where the store has no budget.
   *
   * @param stated sizes that the index states, by path, for files that are not measured otherwise, in bytes
   */
  readonly usage?: (stated: ReadonlyMap<string, number>) => Promise<SiteUsage>;
  /**
   * Finds other places of the store that have this file of a site, most likely first. Absent if the store has only one
   * place. Only called if the site does not have the file: it may ask the remote.
   */
  readonly otherSites?: (path: SitePath) => Promise<readonly OtherSite[]>;
}

/** Where else a store has a site: what differs from where the site was looked for. */
export interface OtherSite {
  /** Undefined for the same branch. */
  readonly branch?: string;
  /** Folder on the branch, empty for its root; undefined for the same folder. */
  readonly directory?: string;
}

/** A copy of a payload that belongs to the store alone, so that its bytes do not change any more. */
export interface PayloadCopy {
  readonly payload: Payload;
  /** Absolute path of the copy. */
  readonly file: string;
}

export interface Publication {
  readonly payloads: readonly Payload[];
  /** Stored paths of those that the index of the site names already, and the site lacked. */
  readonly restored: readonly SitePath[];
  /**
   * Compares copies with what the index promises. A store calls it for every payload, publishes exactly the bytes that
   * were compared, and publishes nothing if it throws.
   *
   * @throws {UserError} `artifact` if one differs: the file has changed since it was read
   */
  readonly verify: (copies: readonly PayloadCopy[]) => Promise<void>;
  /** Paths of files that go; those that are not there are no fault. */
  readonly removals: readonly SitePath[];
  readonly indexFiles: readonly { readonly path: SitePath; readonly bytes: Uint8Array }[];
  readonly message: string;
  /** When, for whoever keeps a history. */
  readonly date: Date;
}

export type PublishResult =
  | { readonly status: 'published'; readonly commit: string | undefined }
  /** Somebody else has changed the site since the snapshot: plan again. */
  | { readonly status: 'lost race' };

/** Where a site is kept. */
export interface SiteStore {
  /** For messages: `branch gh-pages of https://…`. */
  readonly description: string;
  /** Undefined where there is no limit that we know of. */
  readonly budget: SiteBudget | undefined;
  /** Whether payloads and index are always written together, so that one without the other is damage. */
  readonly isAtomic: boolean;
  /** @param forWriting whether a publication may follow */
  readonly open: (forWriting: boolean) => Promise<SiteSnapshot>;
  readonly publish: (snapshot: SiteSnapshot, publication: Publication) => Promise<PublishResult>;
  /** Removes whatever was made on this machine on the way. */
  readonly close: () => Promise<void>;
}

/** What GitHub Pages is set to serve. */
export interface PagesSite {
  readonly url: string;
  /** The branch that is served as it is; undefined where a workflow deploys the site. */
  readonly branch: string | undefined;
  /** The folder of the branch that is served; empty for its root. */
  readonly folder: string;
}

/** A build of GitHub Pages. */
export interface PagesBuild {
  readonly commit: string;
  readonly status: string;
}

/** GitHub Pages of one repository. */
export interface PagesHost {
  /** Undefined where Pages is not enabled. */
  readonly site: () => Promise<PagesSite | undefined>;
  readonly latestBuild: () => Promise<PagesBuild | undefined>;
  readonly requestBuild: () => Promise<void>;
}

/** A comment on a pull request. */
export interface PullRequestComment {
  readonly id: number;
  /** Login of the account that wrote it. */
  readonly author: string;
  readonly body: string;
  readonly url: string;
}

/** The comments on one pull request. All throw a UserError, `permission` where the token may not. */
export interface PullRequestComments {
  /** Those whose text is looked for, oldest first. */
  readonly find: (isWanted: (body: string) => boolean) => Promise<readonly PullRequestComment[]>;
  /** Login of the account whose token is used. */
  readonly author: () => Promise<string>;
  /** @returns the address of the new comment */
  readonly create: (body: string) => Promise<string>;
  readonly update: (id: number, body: string) => Promise<void>;
  readonly remove: (id: number) => Promise<void>;
}

/** An open pull request. */
export interface PullRequest {
  readonly number: number;
  /** Its newest commit. */
  readonly commit: string;
}

/** A file of a sample build: its path in the application folder and its bytes. */
export interface SampleFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Where the demonstration happens: a temporary folder with an empty repository. */
export interface DemoWorkspace {
  /** Path of the bare repository. */
  readonly repository: string;
  /** @returns the folder that the files are in */
  readonly writeBuild: (name: string, files: readonly SampleFile[]) => Promise<string>;
  /** @returns the folder that holds the files of the branch */
  readonly checkOut: (branch: string) => Promise<string>;
  readonly remove: () => Promise<void>;
}

/** A web server on this machine. */
export interface Server {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A repository of the server. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}
