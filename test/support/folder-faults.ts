import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../src/model/user-error.js';
import { Died, faultyFs, type Fault } from './faulty-fs.js';
import { makeFolder, writeFiles } from './folders.js';
import { readAsIde, type IdePlugin } from './ide.js';
import { pluginZip } from './plugin-archive.js';
import { folderStore, publishHere } from './publish-here.js';
import { currentFiles, siteFaults } from './site-faults.js';
import { ageWorkFiles, workFiles } from './work-files.js';

/** The formats whose sites are tested. */
type FormatName = 'imagej' | 'jetbrains';

const SITE_URL = 'https://lab.github.io/tools/';

/** A kind of site with two publications, and the expected results. */
interface Sample {
  readonly options: Readonly<Record<string, string>>;
  readonly index: string;
  readonly first: Readonly<Record<string, string | Buffer>>;
  readonly second: Readonly<Record<string, string | Buffer>>;
  /** Returns the files that clients cannot install. */
  readonly faults: (site: string) => Promise<string[]>;
  /** The files or versions that clients find after the second publication. */
  readonly complete: readonly string[];
  readonly found: (site: string) => string[];
}

const SAMPLES: Readonly<Record<FormatName, Sample>> = {
  imagej: {
    options: { 'app-dir': 'app' },
    index: 'db.xml.gz',
    first: { 'app/macros/A.ijm': 'one' },
    second: { 'app/macros/A.ijm': 'something else', 'app/macros/sub/B.ijm': 'new' },
    faults: siteFaults,
    complete: ['macros/A.ijm', 'macros/sub/B.ijm'],
    found: currentFiles,
  },
  jetbrains: {
    options: { format: 'jetbrains', 'site-url': SITE_URL },
    index: 'updatePlugins.xml',
    first: { 'build/distributions/cells-1.zip': pluginZip({ version: '1.0.0' }) },
    second: { 'build/distributions/cells-2.zip': pluginZip({ version: '2.0.0' }) },
    faults: (site) => Promise.resolve(archiveFaults(site)),
    complete: ['2.0.0'],
    found: (site) => offered(site).map(({ version }) => version),
  },
};

/** Returns the plugins that IDEs read from the index. */
function offered(site: string): IdePlugin[] {
  return readAsIde(readFileSync(path.join(site, 'updatePlugins.xml'), 'utf8'));
}

/** Returns the archives in the index that are missing or differ from the build. */
function archiveFaults(site: string): string[] {
  return offered(site)
    .filter(({ url, version }) => {
      const file = path.join(site, url.slice(SITE_URL.length));
      return !existsSync(file) || !readFileSync(file).equals(pluginZip({ version }));
    })
    .map(({ url }) => url);
}

/** Returns the calls of a second publication without faults. */
export async function faultlessCalls(format: FormatName): Promise<readonly string[]> {
  const { cwd } = await makeSite(format);
  const { calls, thrown } = await publishWith(cwd, format, undefined);
  expect(thrown).toBeUndefined();
  return calls;
}

/** Expects that the site stays valid after a publication with a fault, and that the next publication completes it. */
export async function expectSiteToSurvive(format: FormatName, fault: Fault): Promise<void> {
  const { faults, complete, found, index, options } = SAMPLES[format];
  const { cwd, site } = await makeSite(format);
  const before = readFileSync(path.join(site, index));
  const { thrown } = await publishWith(cwd, format, fault);
  if (thrown !== undefined && fault.kind !== 'fails') {
    expect(thrown).toMatchObject({ cause: expect.any(Died) as Died });
  }
  if (thrown !== undefined && fault.kind === 'fails') {
    expect(thrown).toBeInstanceOf(UserError);
    expect(readFileSync(path.join(site, index)).equals(before)).toBe(true);
    expect(workFiles(site).filter((file) => file.endsWith('.partial'))).toEqual([]);
  }
  expect(await faults(site)).toEqual([]);
  ageWorkFiles(site);
  await publishHere(cwd, folderStore(cwd, {}, format), options);
  expect(await faults(site)).toEqual([]);
  expect(found(site)).toEqual(complete);
  expect(workFiles(site)).toEqual([]);
}

async function makeSite(format: FormatName): Promise<{ cwd: string; site: string }> {
  const { first, second, options } = SAMPLES[format];
  const cwd = makeFolder();
  writeFiles(cwd, first);
  await publishHere(cwd, folderStore(cwd, {}, format), options);
  writeFiles(cwd, second);
  // With the lock of a killed run, so that taking over the lock may fail as well.
  writeFiles(cwd, { 'site/.update-site.lock': 'another-run' });
  ageWorkFiles(path.join(cwd, 'site'));
  return { cwd, site: path.join(cwd, 'site') };
}

async function publishWith(cwd: string, format: FormatName, fault: Fault | undefined) {
  const { fs, calls } = faultyFs(fault);
  const thrown: unknown = await publishHere(
    cwd,
    folderStore(cwd, { fs }, format),
    SAMPLES[format].options,
  ).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { thrown, calls };
}
