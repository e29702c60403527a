import { cpSync } from 'node:fs';
import path from 'node:path';
import { makeFolder, writeFiles } from './folders.js';
import { makeJar, pomEntry } from './maven.js';
import { serveProxyTo } from './proxy.js';
import { runCli, startCli, type Ran } from './program.js';
import { serveFolder, type Intercept } from './site-server.js';

/** The result of `verify --json`. */
export interface Verified {
  format: string;
  site: string;
  checks: {
    name: string;
    status: string;
    reason: string | null;
    files: string[];
    details: { path: string; message: string }[];
  }[];
}

/** The timestamps of the publications. */
export const OLD = '20260101000000';
export const NEW = '20260201000000';
/** The current version of the tool. */
export const TOOL = `plugins/Tool.jar-${NEW}`;
/** The site that users also follow, so that no check is skipped for lack of one. */
export const UPSTREAM = ['--upstream', 'fiji-stable=upstream.xml'];

/** A jar with its own POM and a class for a Java version. */
export function labJar(
  artifact: string,
  text: string,
  { group = 'org.lab', java = 8, pom = '' } = {},
): Buffer {
  const folder = `META-INF/maven/${group}/${artifact}`;
  const own = pom === '' ? pomEntry({ id: `${group}:${artifact}:1` }) : { [`${folder}/pom.xml`]: pom };
  return makeJar([{ name: `org/lab/${artifact}`, majorVersion: java + 44 }], { ...own, 'text.txt': text });
}

/** The record of a file in an index, for an upstream site. */
export function upstreamRecord(filename: string): string {
  return `<plugin filename="${filename}"><version checksum="${'a'.repeat(40)}" timestamp="${OLD}" filesize="5"/></plugin>`;
}

/**
 * Publishes an ImageJ site that passes all checks, twice, to the folder `good`: a tool in two versions that depends on a
 * library and on ImageJ, and a macro. Also writes the upstream site.
 *
 * @returns the folder of the site
 */
export function makeCheckedSite(cwd: string): string {
  writeFiles(cwd, {
    'upstream.xml': `<pluginRecords>${upstreamRecord('jars/ij-1.54.jar')}</pluginRecords>`,
    'update-site.yml':
      'files:\n  plugins/Tool.jar:\n    dependencies:\n      add: [jars/lib.jar, jars/ij.jar]\n',
    'build/Tool.jar': labJar('Tool', 'first'),
    'build/lib.jar': labJar('lib', 'library'),
    'build/macro.ijm': 'print(1);',
  });
  publish(cwd, OLD);
  writeFiles(cwd, { 'build/Tool.jar': labJar('Tool', 'second') });
  publish(cwd, NEW);
  return path.join(cwd, 'good');
}

function publish(cwd: string, timestamp: string): void {
  const files = ['build/Tool.jar => plugins/', 'build/lib.jar => jars/', 'build/macro.ijm => macros/'];
  const ran = runCli(
    [
      ...['publish', '--site-dir', 'good', '--timestamp', timestamp, '--dependencies', 'none', ...UPSTREAM],
      ...['--config', 'update-site.yml', ...files.flatMap((line) => ['--files', line])],
    ],
    { cwd },
  );
  expect(ran).toMatchObject({ code: 0 });
}

/** Makes a copy of a site that a test may break. */
export function copyOf(site: string): string {
  const copy = path.join(makeFolder(), 'site');
  cpSync(site, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

interface Serving {
  /** The folder of the run. */
  readonly cwd: string;
  readonly intercept?: Intercept | undefined;
  /** The address of the site, which leads to the server through a proxy; by default, that of the server itself. */
  readonly address?: string | undefined;
}

/** Serves a site and checks it at its address. */
export async function verifyServed(
  folder: string,
  args: readonly string[],
  { cwd, intercept, address }: Serving,
): Promise<Ran & { result: Verified; requests: readonly string[]; peak: number }> {
  const server = await serveFolder(folder, intercept);
  const proxy = await serveProxyTo(server);
  try {
    const env: Record<string, string> = address === undefined ? {} : { http_proxy: proxy.url, no_proxy: '' };
    const place = address ?? `${server.url}/`;
    const ran = await startCli(['verify', place, '--json', ...args], { cwd, env });
    const { requests, peak } = server;
    return { ...ran, requests, peak: peak(), result: JSON.parse(ran.stdout) as Verified };
  } finally {
    await proxy.close();
    await server.close();
  }
}
