import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { checksumOf } from '../../src/formats/imagej/artifacts/checksum.js';
import { inspectArtifact } from '../../src/formats/imagej/artifacts/inspect.js';
import { analyzeJar } from '../../src/formats/imagej/dependencies/analyze-jar.js';
import { findDependencies } from '../../src/formats/imagej/dependencies/find.js';
import type { DependencySources } from '../../src/formats/imagej/dependencies/task.js';
import { loadIndex } from '../../src/formats/imagej/index/load.js';
import type { SiteIndex } from '../../src/formats/imagej/index/site-index.js';
import { isCandidate } from '../../src/formats/imagej/layout.js';
import { readingOf } from '../../src/formats/imagej/placement/place.js';
import { type ImageJPlan } from '../../src/formats/imagej/change.js';
import { completePlan } from '../../src/formats/imagej/plan/complete.js';
import { planPublication, type ImageJPlanRequest } from '../../src/formats/imagej/plan/plan.js';
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

/** A plan of nothing in particular: no upstream sites, nothing removed. */
export const PLAN_DEFAULTS: Omit<ImageJPlanRequest, 'index' | 'artifacts' | 'now'> = {
  upstream: [],
  onShadow: 'error',
  siteName: 'this site',
  completeSite: false,
  remove: [],
  leftOut: [],
  allowMassRemoval: false,
};

/** A Maven repository with nothing in it. */
const NO_REPOSITORY: MavenRepository = {
  location: 'nowhere',
  readPom: () => undefined,
  findJar: () => undefined,
  jarsNamed: () => [],
};

/** Reads jars of the disk for the search for dependencies. */
function dependencySources(repository = NO_REPOSITORY): DependencySources {
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

/** Plans as the program does, dependencies included. */
export async function planWithDependencies(
  request: ImageJPlanRequest,
  mode: DependencyMode = 'auto',
  sources = dependencySources(),
  config?: SiteConfig,
): Promise<ImageJPlan> {
  const plan = planPublication(request);
  const findings = await findDependencies(plan, { ...request, mode }, sources);
  return completePlan(plan, {
    ...request,
    findings,
    mode,
    config,
    java: undefined,
    isRelease: false,
    alsoNamed: [],
  });
}

/** The sites that the users of a scenario also follow. */
export function upstreamOf(folder: string, { upstream }: Scenario): Upstream {
  if (!upstream) return [];
  const { name, index: location } = upstream;
  return [
    { name, location, index: loadIndex(readFileSync(path.join(folder, location)), { name, location }) },
  ];
}

/** All files below a folder, as `/`-separated paths relative to it, sorted. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(path.join(folder, file)).isFile())
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}

/** The artifacts of one step, read. */
export async function artifactsOf(
  folder: string,
  step: ScenarioStep,
  index: SiteIndex,
  upstream: Upstream,
): Promise<ImageJPlanRequest['artifacts']> {
  const app = path.join(folder, step.app);
  const wanted = step.mode === 'selected' ? new Set(step.selected) : undefined;
  const files = filesBelow(app).filter((file) => isCandidate(file) && (wanted?.has(file) ?? true));
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

/** The index with its records sorted by file name: the official updater adds new files in the order of the disk. */
export function withSortedRecords(xml: string): string {
  const start = xml.indexOf('    <plugin ');
  const end = xml.indexOf('</pluginRecords>');
  if (start < 0) return xml;
  const records = xml.slice(start, end).split(/(?<=<\/plugin>\n|^ {4}<plugin [^>]*\/>\n)/m);
  return xml.slice(0, start) + records.sort().join('') + xml.slice(end);
}
