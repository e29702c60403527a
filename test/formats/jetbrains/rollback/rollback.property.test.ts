import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { pluginSteps, requestOf, SYSTEMS, type PluginStep } from '../../../support/arbitrary-plugins.js';
import { offersOf } from '../../../support/ide.js';
import { textOf, type PluginPlanInput } from '../../../support/plan-plugins.js';
import {
  EMPTY_SITE,
  planReturn,
  publishTo,
  returnTo,
  type PluginSite,
} from '../../../support/plugin-rollback.js';

const BUILDS = [
  ...['241.SNAPSHOT', '242.0', '242.5', '242.20223.9', '242.20224.300', '242.20225'],
  ...['243.0', '243.9', '243.10', '243.20000', '243.SNAPSHOT', '263.1', '271.1'],
];

/** Returns what all IDEs are offered. */
function offersIn({ files }: PluginSite) {
  const index = textOf(files);
  return SYSTEMS.map((system) => BUILDS.map((build) => offersOf(index, build, system)));
}

/** Returns the files that IDEs read, without addresses. */
function withoutAddresses({ files }: PluginSite, paths: Iterable<string>): readonly string[] {
  return [...paths].map((path) => textOf(files, path).replaceAll(/ url="[^"]*"/g, ''));
}

/** Publications with real checksums, so that names may contain them. */
function requestFor(step: PluginStep): PluginPlanInput {
  const { artifacts = [], ...request } = requestOf(step);
  const sum = (text: string) => createHash('sha256').update(text).digest('hex');
  return {
    ...request,
    artifacts: artifacts.map(({ artifact, inspection }) => ({
      artifact,
      inspection: { ...inspection, checksum: sum(inspection.checksum) },
    })),
  };
}

/** Expects that the archives of all entries exist, with the bytes that the history states. */
function requireArchives({ index, files, archives }: PluginSite): void {
  for (const [, path = ''] of textOf(files).matchAll(/url="https:\/\/lab\.org\/([^"]+)"/g))
    expect(archives.has(path)).toBe(true);
  for (const { archive, state } of index.versions)
    if (archive?.path !== undefined && state === 'offered')
      expect(archives.get(archive.path)).toBe(archive.checksum);
}

const steps = fc.array(fc.oneof({ weight: 2, arbitrary: pluginSteps }, fc.nat(20)), { maxLength: 5 });

test('for any publications and rollbacks, going back to a state offers exactly what it offered', () => {
  let offers = 0;
  fc.assert(
    fc.property(steps, fc.nat(20), (all, to) => {
      let site = EMPTY_SITE;
      const states: PluginSite[] = [];
      const add = (next: PluginSite | undefined) => {
        if (!next || next === site) return;
        site = next;
        states.push(site);
      };
      for (const one of all) {
        if (typeof one !== 'number') for (const step of one) add(publishTo(site, requestFor(step)));
        else if (states.length > 0) add(returnTo(site, states[one % states.length] as PluginSite));
        requireArchives(site);
      }
      const then = states[to % states.length];
      if (!then) return;
      const after = returnTo(site, then);
      requireArchives(after);
      const expected = offersIn(then);
      expect(offersIn(after)).toEqual(expected);
      offers += expected.flat().reduce((sum, each) => sum + Object.keys(each).length, 0);
      const read = [...then.files.keys()].filter((path) => path.endsWith('.xml'));
      expect(withoutAddresses(after, read)).toEqual(withoutAddresses(then, read));
      // A branch keeps its file, and the history keeps every version that IDEs could request.
      expect([...after.files.keys()]).toEqual(expect.arrayContaining([...site.files.keys()]));
      const kept = new Set(after.index.versions.map(({ archive }) => archive?.path));
      for (const { archive } of site.index.versions) expect(kept).toContain(archive?.path);
      expect(planReturn(after.index, then.index).changes).toEqual([]);
      // The rollback can be undone in the same way.
      const undone = returnTo(after, site);
      requireArchives(undone);
      expect(withoutAddresses(undone, ['updatePlugins.xml'])).toEqual(
        withoutAddresses(site, ['updatePlugins.xml']),
      );
    }),
    { numRuns: 150 },
  );
  expect(offers).toBeGreaterThan(1000);
});
