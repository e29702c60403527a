import fc from 'fast-check';
import { EMPTY_REPOSITORY, type Repository } from '../../../../src/formats/jetbrains/index/repository.js';
import { pluginSteps, requestOf, SYSTEMS } from '../../../support/arbitrary-plugins.js';
import { offersOf } from '../../../support/ide.js';
import { artifact, publish, textOf, type Given } from '../../../support/plan-plugins.js';

test('for any publications with keep, repeating one changes nothing, and at most that number stays', () => {
  const release = fc.record({
    version: fc
      .tuple(fc.integer({ min: 1, max: 8 }), fc.constantFrom('', '-linux-x86_64', '-mac-arm64'))
      .map((parts) => parts.join('')),
    until: fc.constantFrom(undefined, '251.*', '263.*'),
  });
  const releases = fc.uniqueArray(release, { maxLength: 8, selector: ({ version }) => version });
  const steps = fc.array(fc.record({ releases, keep: fc.integer({ min: 1, max: 3 }) }), { maxLength: 4 });
  fc.assert(
    fc.property(steps, (all) => {
      let index: Repository = EMPTY_REPOSITORY;
      for (const one of all) {
        const artifacts = one.releases.map((given) => artifact({ ...given, bytes: JSON.stringify(given) }));
        const request = { artifacts, keep: one.keep };
        const published = publish(index, request);
        if (published.plan.problems.some(({ severity }) => severity === 'error')) continue;
        index = published.index;
        expect(publish(index, request).plan.changes).toEqual([]);
        const counts = new Map<string, number>();
        for (const { entry, state } of index.versions.filter((version) => version.state === 'offered')) {
          const key = JSON.stringify([entry.range, entry.systems, state]);
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
        expect(Math.max(0, ...counts.values())).toBeLessThanOrEqual(one.keep);
      }
    }),
    { numRuns: 200 },
  );
});

const BUILDS = [
  ...['241.SNAPSHOT', '242.0', '242.5', '242.20223.9', '242.20224.300', '242.20225'],
  ...['243.0', '243.9', '243.10', '243.20000', '243.SNAPSHOT', '263.1', '271.1'],
];
test('for any publications and removals, IDEs are offered the highest version that supports them', () => {
  let offers = 0;
  fc.assert(
    fc.property(pluginSteps, (steps) => {
      let index: Repository = EMPTY_REPOSITORY;
      let files: ReadonlyMap<string, Uint8Array> = new Map();
      let expected: Given[] = [];
      const archives = new Set<string>();
      for (const one of steps) {
        const published = publish(index, requestOf(one));
        if (published.plan.problems.some(({ severity }) => severity === 'error')) continue;
        if (published.plan.changes.length === 0) continue;
        if ('releases' in one) {
          const known = new Set(expected.map(({ id = '', version = '' }) => `${id} ${version}`));
          expected.push(
            ...one.releases.filter(({ id = '', version = '' }) => !known.has(`${id} ${version}`)),
          );
        } else {
          const nameOf = ({ id = '', version = '' }: Given) => `${id}@${version}`;
          const isExact = expected.some((plugin) => nameOf(plugin) === one.remove);
          // Without the version itself, all of its variants are meant.
          const isMeant = (plugin: Given) =>
            plugin.id === one.remove ||
            (isExact ? nameOf(plugin) : nameOf(plugin).replace(/-(linux|windows|mac)-\w+$/, '')) ===
              one.remove;
          expected = expected.filter((plugin) => !isMeant(plugin));
        }
        for (const { storedPath } of published.plan.payloads) archives.add(storedPath);
        for (const removed of published.plan.removals ?? []) expect(archives.delete(removed)).toBe(true);
        ({ index, files } = published);
        for (const [, path = ''] of textOf(files).matchAll(/url="https:\/\/lab\.org\/([^"]+)"/g))
          expect(archives).toContain(path);
      }
      if (files.size === 0) return;
      const all = `<plugins>${expected.map(asEntry).join('')}</plugins>`;
      for (const system of SYSTEMS) {
        const fromAll = BUILDS.map((build) => offersOf(all, build, system));
        expect(BUILDS.map((build) => offersOf(textOf(files), build, system))).toEqual(fromAll);
        offers += fromAll.reduce((sum, each) => sum + Object.keys(each).length, 0);
        // A branch file has one version of each plugin. It is exact only if the whole branch gets the same one.
        for (const branch of [242, 243]) {
          const file = textOf(files, `updatePlugins-${branch}.xml`);
          const [first, ...others] = fromAll.filter((_, at) => BUILDS[at]?.startsWith(`${branch}.`));
          const isUniform = others.every((other) => JSON.stringify(other) === JSON.stringify(first));
          if (file === '' || !first || !isUniform) continue;
          expect(offersOf(file, `${branch}.5`, system)).toEqual(first);
          offers += Object.keys(first).length;
        }
      }
    }),
    { numRuns: 200 },
  );
  expect(offers).toBeGreaterThan(2000);
});

function asEntry({ id = '', version = '', since = '', until = '', depends = [] }: Given): string {
  const needs = depends.map((needed) => `<depends>${needed}</depends>`).join('');
  return `<plugin id="${id}" version="${version}" url="x"><idea-version since-build="${since}" until-build="${until}"/>${needs}</plugin>`;
}
