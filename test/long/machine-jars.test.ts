import { existsSync, lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { onePerComponent, publishJars } from '../support/jars.js';

/** The folder of the jars of Debian packages. */
const FOLDER = '/usr/share/java';

const jars = existsSync(FOLDER)
  ? readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(FOLDER, name))
      .filter((file) => file.endsWith('.jar') && lstatSync(file).isFile())
  : [];
const chosen = onePerComponent(jars);

if (chosen.length === 0) {
  test.todo(`publishes jars of ${FOLDER}: install the Debian packages imagej and maven`);
} else {
  test(`publishes ${chosen.length} of ${jars.length} jars in ${FOLDER}, one of each component, without errors`, () => {
    const problems = publishJars(chosen);
    process.stdout.write(`${problems.join('\n')}\n`);
    expect(problems.filter((problem) => problem.startsWith('error'))).toEqual([]);
  });
}
