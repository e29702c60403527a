// Collects the licences of the packages that a bundle contains.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Names of files with the terms of a package, or with notices that these terms require. */
const LICENCE_FILE = /^(licen[cs]e|copying|notice|copyright)([.-].*)?$|^[a-z]+-licen[cs]e(\..*)?$/i;

/** The terms of the MIT licence; the text before them differs between packages. */
const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/**
 * Packages without a licence text: the licence in their package.json, and its text. An outdated entry is an error,
 * so that it is removed when the package ships a text.
 */
export const WITHOUT_TEXT = {
  '@nodable/entities': {
    license: 'MIT',
    author: 'Amit Gupta (https://solothought.com)',
    text: `(The package states the licence and its author in package.json, and ships no text of the licence.)\n\nMIT License\n\nCopyright (c) Amit Gupta\n\n${MIT}`,
  },
};

/**
 * Returns the folders of the packages of a bundle.
 *
 * @param stats the module statistics of the bundler
 */
export function packageFolders(stats) {
  const folders = new Set();
  const visit = ({ nameForCondition: file, modules = [] }) => {
    const [folder] = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file ?? '') ?? [];
    if (folder !== undefined) folders.add(folder);
    modules.forEach(visit);
  };
  (stats.modules ?? []).forEach(visit);
  return folders;
}

/** Reads the name, version, licence and licence texts of a package. */
export function licenceOf(folder, withoutText = WITHOUT_TEXT) {
  const {
    name,
    version,
    license = 'unknown',
    author,
  } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .sort()
    .map((file) => readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
    .filter((text) => text !== '');
  const known = Object.hasOwn(withoutText, name) ? withoutText[name] : undefined;
  if (known && (texts.length > 0 || known.license !== license || known.author !== author))
    throw new Error(`The entry for ${name} in scripts/licences.mjs is not true any more: check its licence.`);
  if (!known && texts.length === 0)
    throw new Error(
      `${name} ${version} is bundled (licence: ${license}) and ships no text of its licence. Add it to scripts/licences.mjs.`,
    );
  return { name, version, license, text: known ? known.text : texts.join('\n\n') };
}

/** Renders all licences as one text; versions of a package with the same text share it. */
export function renderLicences(folders, withoutText = WITHOUT_TEXT) {
  const groups = new Map();
  for (const folder of folders) {
    const { name, version, license, text } = licenceOf(folder, withoutText);
    const key = JSON.stringify([name, license, text]);
    const group = groups.get(key) ?? { name, license, text, versions: new Set() };
    groups.set(key, { ...group, versions: group.versions.add(version) });
  }
  const parts = [...groups.values()]
    .map(
      ({ name, license, text, versions }) =>
        `${name} ${[...versions].sort().join(', ')}\n${license}\n${text}\n`,
    )
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return parts.join(`\n${'-'.repeat(80)}\n\n`);
}
