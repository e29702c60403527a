// Writes src/formats/generated/ from the names of the formats, and src/stores/generated/ from those of the stores: what is
// said about each, its readers and itself are lists of their own, since help, threads and commands each load only what they
// need. With --check, reports what is out of date.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { createWriter, ROOT } from './generated.mjs';
import { namesIn } from './names.mjs';

const write = createWriter(process.argv.includes('--check'));

const HEAD = '// Written by scripts/generate-registries.mjs; "npm run fix" writes it again.\n';

const formats = namesIn('src/model/format-name.ts', 'FORMAT_NAMES');
requireFolders('src/formats', formats, 'format.ts');

await write(
  'src/formats/generated/descriptions.ts',
  `${HEAD}import type { FormatName } from '../../model/format-name.js';
import type { FormatDescription } from '../description.js';
${imports(formats, 'description')}

/** What is said about each format. */
export const DESCRIPTIONS = { ${formats.join(', ')} } as const satisfies Record<FormatName, FormatDescription>;
`,
);
await write(
  'src/formats/generated/formats.ts',
  `${HEAD}import type { FormatName } from '../../model/format-name.js';
import { someFormat, type SomeFormat } from '../format.js';
${imports(formats, 'format')}

/** The formats that there are. */
export const FORMATS: Readonly<Record<FormatName, SomeFormat>> = {
${formats.map((name) => `  ${name}: someFormat(${name}),`).join('\n')}
};
`,
);
await write(
  'src/formats/generated/readers.ts',
  `${HEAD}import type { FormatName } from '../../model/format-name.js';
import type { FormatReaders } from '../readers.js';
${imports(formats, 'readers')}

/** What reads the artifacts of each format. */
export const READERS: Readonly<Record<FormatName, FormatReaders>> = { ${formats.join(', ')} };
`,
);

const stores = namesIn('src/model/store-name.ts', 'STORE_NAMES');
requireFolders('src/stores', stores, 'store.ts');

await write(
  'src/stores/generated/places.ts',
  `${HEAD}import type { StoreName } from '../../model/store-name.js';
import type { Place } from '../store.js';
${imports(stores, 'place')}

type LocationOf<P> = P extends Place<infer Location> ? Location : never;

/** A place as plain data, by the kind of its store. */
export interface Locations {
${stores.map((name) => `  readonly ${name}: LocationOf<typeof ${name}>;`).join('\n')}
}

/** What names a place of each kind. */
export const PLACES: { readonly [Name in StoreName]: Place<Locations[Name]> } = { ${stores.join(', ')} };
`,
);
await write(
  'src/stores/generated/stores.ts',
  `${HEAD}import type { StoreName } from '../../model/store-name.js';
import type { OpenStore } from '../store.js';
import type { Locations } from './places.js';
${imports(stores, 'store', 'openStore')}

/** What opens a place of each kind. */
export const STORES: { readonly [Name in StoreName]: OpenStore<Locations[Name]> } = { ${stores.join(', ')} };
`,
);

function imports(names, file, what = file) {
  return names.map((name) => `import { ${what} as ${name} } from '../${name}/${file}.js';`).join('\n');
}

/** Every folder of a wing is on its list, and the other way round. */
function requireFolders(wing, names, door) {
  const folders = readdirSync(path.join(ROOT, wing), { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep))
    .filter((parts) => parts.length === 2 && parts[1] === door)
    .map(([name]) => name);
  const odd = [
    ...names.filter((name) => !folders.includes(name)),
    ...folders.filter((name) => !names.includes(name)),
  ];
  if (odd.length > 0)
    throw new Error(`${wing}: ${odd.join(', ')} is on the list or in a folder, and not both.`);
}
