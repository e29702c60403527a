import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseIndexXml } from '../../src/formats/imagej/index/read.js';
import { EMPTY_INDEX } from '../../src/formats/imagej/index/site-index.js';
import { renderIndexXml } from '../../src/formats/imagej/index/write.js';
import { applyPlan } from '../../src/formats/imagej/plan/apply.js';
import { hasErrors } from '../../src/model/problem.js';
import { vectorRoots } from '../support/fixtures.js';
import {
  artifactsOf,
  planWithDependencies,
  readScenario,
  upstreamOf,
  withSortedRecords,
} from '../support/scenario.js';

const SCENARIOS = [
  '01-first-upload',
  '02-update-same-name',
  '03-update-versioned-name',
  '04-rebuild-only',
  '05-remove',
  '06-revive',
  '07-roll-back',
  '08-pom-metadata',
  '09-dependencies',
  '10-platforms',
  '11-upstream-same',
  '12-upstream-modified',
  '13-escaping',
  '15-rename-only',
  '16-two-versions',
  '17-hand-edited-metadata',
  '18-selected-files',
  '19-upstream-obsolete',
];

/** Warnings of this project in a step (spec, section 6) that the official updater does not have. */
const WARNINGS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  '03-update-versioned-name': [[], [], ['snapshot jars/alib-1.2.0-SNAPSHOT.jar']],
  '13-escaping': [
    [
      'non-ascii-name macros/A & B "q" é 日.ijm',
      'windows-name macros/A & B "q" é 日.ijm',
      "windows-name macros/it's <ok>.txt",
    ],
    ["windows-name macros/it's <ok>.txt"],
  ],
};

/** The official updater writes the date of a local file for a dependency; this project does not (spec, section 9.4). */
function comparable(xml: string): string {
  return withSortedRecords(xml).replace(/(<dependency filename="[^"]*") timestamp="\d+"/g, '$1');
}

describe.each(vectorRoots())('publications of the official updater, from %s', (_name, root) => {
  const here = SCENARIOS.filter((name) => existsSync(path.join(root, 'scenarios', name)));

  test('all exist, except those with names that not every system can store', () => {
    expect(SCENARIOS.filter((name) => !here.includes(name) && name !== '13-escaping')).toEqual([]);
  });

  test.each(here)('%s', async (name) => {
    const folder = path.join(root, 'scenarios', name);
    const scenario = readScenario(folder);
    let index = scenario.before
      ? parseIndexXml(readFileSync(path.join(folder, scenario.before)))
      : EMPTY_INDEX;
    const upstream = upstreamOf(folder, scenario);
    const stored = new Set<string>();
    for (const [at, step] of scenario.steps.entries()) {
      const plan = await planWithDependencies({
        index,
        artifacts: await artifactsOf(folder, step, index, upstream),
        upstream,
        onShadow: step.force_shadow && name !== '19-upstream-obsolete' ? 'force' : 'error',
        completeSite: step.mode === 'complete-site',
        now: step.timestamp ?? 20261231235959,
      });
      if (step.exit !== 0) {
        expect(hasErrors(plan.problems)).toBe(true);
        continue;
      }
      expect(hasErrors(plan.problems)).toBe(false);
      expect(plan.problems.map(({ code, path: where }) => `${code} ${where ?? ''}`)).toEqual(
        WARNINGS[name]?.[at] ?? [],
      );
      expect(plan.changes.length > 0).toBe(step.uploaded);
      index = applyPlan(index, plan);
      if (step.uploaded) {
        expect(plan.timestamp).toBe(step.timestamp);
        for (const payload of plan.payloads) stored.add(payload.storedPath);
      }
      const expected = path.join(folder, step.index);
      expect(existsSync(expected)).toBe(true);
      expect(comparable(renderIndexXml(index))).toBe(comparable(readFileSync(expected, 'utf8')));
      expect([...stored].sort()).toEqual(step.stored_files);
    }
  });
});
