import type { FormatName } from '../model/format-name.js';

/** One thing that can be set: an option of the command line, an input of the action, or both. */
export interface Option {
  /** `flag` is true or false, `text` one value, `list` any number of them. */
  readonly kind: 'flag' | 'text' | 'list';
  /** What stands for the value in the help; absent for flags. */
  readonly placeholder?: string;
  readonly help: string;
  /** Where it can be set. */
  readonly on: 'both' | 'command line' | 'action';
  /** The only format that it means something for; absent for all. */
  readonly format?: FormatName;
  /** What `action.yml` says where nothing was said. */
  readonly usual?: string;
}

/**
 * Everything that a publication or a preview can be told. `action.yml` and the README say the same:
 * `test/entry/contract.test.ts` holds them together.
 */
export const PUBLISH_OPTIONS = {
  mode: { kind: 'text', help: 'auto, publish, preview or comment', on: 'action' },
  format: {
    kind: 'text',
    placeholder: 'NAME',
    help: 'Kind of site: imagej (default) or jetbrains, a custom plugin repository',
    on: 'both',
  },
  'app-dir': {
    kind: 'text',
    placeholder: 'DIR',
    help: 'An ImageJ application folder: everything in it that belongs on an update site is published',
    on: 'both',
    format: 'imagej',
  },
  files: {
    kind: 'list',
    placeholder: "'GLOB => DEST'",
    help:
      'Files to publish. DEST is a folder of the site when it ends in "/", else the exact path; without DEST the place ' +
      'is found from the file. Repeatable. Default: target/*.jar when there is no --app-dir; for jetbrains ' +
      'build/distributions/*.zip',
    on: 'both',
  },
  'complete-site': {
    kind: 'flag',
    help: 'What the site has and these files lack becomes obsolete',
    on: 'both',
    format: 'imagej',
    usual: 'false',
  },
  remove: {
    kind: 'list',
    placeholder: 'PATH',
    help: 'Make this file of the site obsolete; with or without its version. For jetbrains ID or ID@VERSION. Repeatable',
    on: 'both',
  },
  'allow-mass-removal': {
    kind: 'flag',
    help: 'Let more than half of a site of 10 files or more become obsolete at once',
    on: 'both',
    format: 'imagej',
    usual: 'false',
  },
  upstream: {
    kind: 'list',
    placeholder: 'SITE',
    help:
      'A site that users also follow: fiji-latest (default), fiji-stable, NAME= and the URL of a site or the file of an ' +
      'index, or none. Repeatable; later ones shadow earlier ones',
    on: 'both',
    format: 'imagej',
    usual: 'fiji-latest',
  },
  'on-shadow': {
    kind: 'text',
    placeholder: 'POLICY',
    help:
      'What to do with a file that differs from the one an upstream site serves: error (default), skip (leave it to ' +
      'that site) or force (publish it all the same)',
    on: 'both',
    format: 'imagej',
    usual: 'error',
  },
  'force-shadow': {
    kind: 'flag',
    help: 'The same as --on-shadow force',
    on: 'both',
    format: 'imagej',
    usual: 'false',
  },
  dependencies: {
    kind: 'text',
    placeholder: 'HOW',
    help:
      'How the dependencies of jars are found: auto (default; by the classes that they name), pom (by what their POMs ' +
      'declare) or none',
    on: 'both',
    format: 'imagej',
    usual: 'auto',
  },
  'with-dependencies': {
    kind: 'flag',
    help: 'Publish the jars too that the named ones need and nobody serves, from the local Maven repository',
    on: 'both',
    format: 'imagej',
    usual: 'false',
  },
  'maven-repository': {
    kind: 'text',
    placeholder: 'DIR',
    help: 'The local Maven repository. Default: ~/.m2/repository',
    on: 'both',
    format: 'imagej',
  },
  config: {
    kind: 'text',
    placeholder: 'FILE',
    help: 'What the maintainer says about the site and its files. Default: .github/update-site.yml, if there is one',
    on: 'both',
    format: 'imagej',
  },
  'fail-on': {
    kind: 'text',
    placeholder: 'WHAT',
    help:
      'What fails the run: error (default), warning (then nothing is published where there are warnings either) or never. ' +
      'Where there are errors, nothing is published in any case',
    on: 'both',
  },
  comment: { kind: 'flag', help: 'Show the preview as a comment on the pull request', on: 'action' },
  'report-file': {
    kind: 'text',
    placeholder: 'FILE',
    help: 'Write the report, with the lines of the index that change, to this JSON file',
    on: 'both',
  },
  'site-dir': {
    kind: 'text',
    placeholder: 'DIR',
    help: 'The site is this plain folder, without git; created if absent',
    on: 'both',
  },
  repository: {
    kind: 'text',
    help: 'The site is on a branch of this repository of the same server: owner/name',
    on: 'action',
  },
  remote: {
    kind: 'text',
    placeholder: 'URL',
    help: 'The site is on a branch of this git repository: a URL or a local path',
    on: 'both',
  },
  branch: {
    kind: 'text',
    placeholder: 'NAME',
    help: 'The branch of the site. Default: gh-pages',
    on: 'both',
  },
  directory: {
    kind: 'text',
    placeholder: 'SUB',
    help: 'The folder of the site on the branch. Default: its root',
    on: 'both',
  },
  'site-url': {
    kind: 'text',
    placeholder: 'URL',
    help: 'Public address of the site. Default: the address of GitHub Pages, for a repository on GitHub',
    on: 'both',
  },
  channel: {
    kind: 'text',
    placeholder: 'NAME',
    help: 'Publish to this subfolder, such as eap, with an address of its own; it offers the stable versions too',
    on: 'both',
    format: 'jetbrains',
  },
  'archive-url': {
    kind: 'text',
    placeholder: 'TEMPLATE',
    help:
      'The archives are on another server, and are not copied to the site: the index leads to this address, in which {id}, ' +
      '{version} and {file} stand for those of an archive, and {release} for the version without the system of a variant',
    on: 'both',
    format: 'jetbrains',
  },
  'archive-check': {
    kind: 'text',
    placeholder: 'WHETHER',
    help: 'Whether publish asks each new address of --archive-url for the archive: on (default) or off',
    on: 'both',
    format: 'jetbrains',
    usual: 'on',
  },
  keep: {
    kind: 'text',
    placeholder: 'N',
    help: 'Keep the N newest versions of a plugin for each range of IDEs. Default: all',
    on: 'both',
    format: 'jetbrains',
  },
  'newest-branch': {
    kind: 'text',
    placeholder: 'BRANCH',
    help: 'The newest platform branch that plugins without an upper bound are offered for, such as 263. Default: that of the day',
    on: 'both',
    format: 'jetbrains',
  },
  timestamp: {
    kind: 'text',
    placeholder: 'T',
    help: 'Timestamp of the publication: YYYYMMDDhhmmss, UTC. Default: now, or later if ImageJ would not offer new files to all users otherwise',
    on: 'both',
  },
  message: {
    kind: 'text',
    placeholder: 'TEXT',
    help: 'Commit message. Default: what was added, updated and removed',
    on: 'both',
  },
  'commit-author': {
    kind: 'text',
    placeholder: "'NAME <MAIL>'",
    help: 'Who commits. Default: github-actions[bot]',
    on: 'both',
  },
  token: { kind: 'text', help: 'Login for the repository of the site', on: 'action' },
  timeout: {
    kind: 'text',
    placeholder: 'SECONDS',
    help: 'How long one talk with the remote may take. Default: 600',
    on: 'both',
  },
  'dry-run': { kind: 'flag', help: 'Only show what would be published, as preview does', on: 'command line' },
  diff: { kind: 'flag', help: 'Show the lines of the index that change too', on: 'command line' },
  markdown: { kind: 'flag', help: 'Print the report as Markdown', on: 'command line' },
  json: {
    kind: 'flag',
    help: 'Print the result as one JSON object on standard output, and everything else on standard error',
    on: 'command line',
  },
  verbose: { kind: 'flag', help: 'Say more about what is going on', on: 'command line' },
} as const satisfies Record<string, Option>;

export type PublishOptionName = keyof typeof PUBLISH_OPTIONS;

/** What was given, not yet checked: absent where nothing was. */
export type RawOptions = Partial<Record<PublishOptionName, string | readonly string[] | boolean>>;
