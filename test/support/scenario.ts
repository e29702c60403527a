import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DependencySources } from '../../src/formats/dependencies.js';
import { checksumOf } from '../../src/formats/imagej/artifacts/checksum.js';
import { inspectArtifact } from '../../src/formats/imagej/artifacts/inspect.js';
import { analyzeJar, type JarAnalysis } from '../../src/formats/imagej/dependencies/analyze-jar.js';
import { findDependencies } from '../../src/formats/imagej/dependencies/find.js';
import { loadIndex } from '../../src/formats/imagej/index/load.js';
import type { SiteIndex } from '../../src/formats/imagej/index/site-index.js';
import { isTrackedPath } from '../../src/formats/imagej/layout.js';
import { readingOf } from '../../src/formats/imagej/placement/place.js';
import { type ImageJPlan } from '../../src/formats/imagej/change.js';
import { completePlan } from '../../src/formats/imagej/plan/complete.js';
import { planPublication, type ImageJPlanRequest } from '../../src/formats/imagej/plan/plan.js';
import type { ImageJOptions } from '../../src/formats/imagej/options.js';
import type { Upstream } from '../../src/formats/imagej/upstream.js';
import type { Artifact } from '../../src/model/artifact.js';
import { byteSourceOf } from '../../src/model/byte-source.js';
import type { DependencyMode } from '../../src/model/dependency-mode.js';
import type { MavenRepository } from '../../src/model/maven.js';
import type { SiteConfig } from '../../src/model/site-config.js';
import type { SitePath } from '../../src/model/site-path.js';
import { readJson } from './fixtures.js';

export interface ScenarioStep {
  app: string;
  mode: 'complete-site' | 'selected';
  selected?: string[];
  force_shadow: boolean;
  uploaded: boolean;
  timestamp: number | null;
  index: string;
  stored_files: string[];
  exit: number;
  executable?: string[];
}

export interface Scenario {
  title: string;
  before?: string;
  upstream?: { name: string; index: string };
  steps: ScenarioStep[];
}

export function readScenario(folder: string): Scenario {
  return readJson(path.join(folder, 'scenario.json')) as Scenario;
}

/** The input of a plan and the options of the format, with defaults for everything else. */
export interface PlanInput
  extends Partial<Omit<ImageJPlanRequest, 'options' | 'completeSite'>>, Partial<ImageJOptions> {
  readonly index: SiteIndex;
  readonly now: number;
  readonly completeSite?: boolean;
}

function planRequest({
  onShadow = 'error',
  allowMassRemoval = false,
  completeSite = false,
  ...given
}: PlanInput): ImageJPlanRequest {
  return {
    artifacts: [],
    upstream: [],
    defaultFiles: false,
    siteName: 'this site',
    remove: [],
    completeSite: completeSite ? { leftOut: [] } : undefined,
    missing: new Set(),
    siteUrl: undefined,
    isGiven: false,
    clock: given.now,
    lastSeen: undefined,
    ...given,
    options: { onShadow, allowMassRemoval },
  };
}

/** Plans without dependencies. */
export function planFiles(input: PlanInput): ImageJPlan {
  return planPublication(planRequest(input));
}

/** An empty Maven repository. */
const NO_REPOSITORY: MavenRepository = {
  location: 'nowhere',
  readPom: () => undefined,
  findJar: () => undefined,
  jarsNamed: () => [],
};

/** Reads jars from the disk for the detection of dependencies. */
function dependencySources(repository = NO_REPOSITORY): DependencySources<JarAnalysis> {
  return {
    repository,
    analyze: (jars) => {
      const read = jars.map(
        ({ file, withReferences }) =>
          [file, analyzeJar(byteSourceOf(readFileSync(file)), file, withReferences)] as const,
      );
      return Promise.resolve(new Map(read));
    },
    checksums: async (jars) => {
      const read = jars.map(
        async ({ file }) => [file, await checksumOf(byteSourceOf(readFileSync(file)), file, file)] as const,
      );
      return new Map(await Promise.all(read));
    },
  };
}

/** Plans like the program, including dependencies. */
export async function planWithDependencies(
  input: PlanInput,
  mode: DependencyMode = 'auto',
  sources = dependencySources(),
  config?: SiteConfig,
): Promise<ImageJPlan> {
  const request = planRequest(input);
  const plan = planPublication(request);
  const findings = await findDependencies(plan, { ...request, mode }, sources);
  return completePlan(plan, {
    ...request,
    findings,
    mode,
    config,
    java: undefined,
    isRelease: false,
  });
}

/** Returns the sites that the users of a scenario also follow. */
export function upstreamOf(folder: string, { upstream }: Scenario): Upstream {
  if (!upstream) return [];
  const { name, index: location } = upstream;
  return [
    { name, location, index: loadIndex(readFileSync(path.join(folder, location)), { name, location }) },
  ];
}

/** Returns all files below a folder, as `/`-separated relative paths, sorted. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(path.join(folder, file)).isFile())
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}

/** Returns the inspected artifacts of a step. */
export async function artifactsOf(
  folder: string,
  step: ScenarioStep,
  index: SiteIndex,
  upstream: Upstream,
): Promise<ImageJPlanRequest['artifacts']> {
  const app = path.join(folder, step.app);
  const wanted = step.mode === 'selected' ? new Set(step.selected) : undefined;
  const files = filesBelow(app).filter((file) => isTrackedPath(file) && (wanted?.has(file) ?? true));
  return Promise.all(
    files.map(async (file) => {
      const bytes = readFileSync(path.join(app, file));
      const artifact: Artifact = {
        file: path.join(app, file),
        destination: file as SitePath,
        size: bytes.length,
        executable: step.executable?.includes(file) ?? false,
        modified: 0,
      };
      const { sitePath, knownChecksums } = readingOf(artifact, index, upstream);
      return {
        artifact,
        inspection: await inspectArtifact(byteSourceOf(bytes), sitePath, file, knownChecksums),
      };
    }),
  );
}

/** Sorts the records of an index by file name: the official updater adds new files in the order of the disk. */
export function withSortedRecords(xml: string): string {
  const start = xml.indexOf('    <plugin ');
  const end = xml.indexOf('</pluginRecords>');
  if (start < 0) return xml;
  const records = xml.slice(start, end).split(/(?<=<\/plugin>\n|^ {4}<plugin [^>]*\/>\n)/m);
  return xml.slice(0, start) + records.sort().join('') + xml.slice(end);
}
