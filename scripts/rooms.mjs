import { namesIn } from './names.mjs';

const FORMAT_NAMES = namesIn('src/model/format-name.ts', 'FORMAT_NAMES');
const STORE_NAMES = namesIn('src/model/store-name.ts', 'STORE_NAMES');
const SOURCE_NAMES = namesIn('src/model/store-name.ts', 'SOURCE_NAMES');

/** The contract of all formats with the rest of the program. */
const CONTRACT = [
  'format',
  'application',
  'channels',
  'dependencies',
  'listing',
  'rollback',
  'verification',
  'description',
  'readers',
].map((file) => `formats/${file}.ts`);

/** Returns the files with this name in all formats. */
const ofFormats = (file) => FORMAT_NAMES.map((name) => `formats/${name}/${file}.ts`);

/** Returns the files with this name in all stores. */
const ofStores = (file) => STORE_NAMES.map((name) => `stores/${name}/${file}.ts`);

/** Returns the files with this name in all places that can only be read. */
const ofSources = (file) => SOURCE_NAMES.map((name) => `stores/${name}/${file}.ts`);

/** The files for using formats without knowing which formats exist. */
const FORMATS = [...CONTRACT, 'formats/registry.ts', 'formats/generated/descriptions.ts'];

/** The descriptions of the formats, which do not load them. */
const DESCRIPTIONS = ['formats/description.ts', 'formats/generated/descriptions.ts'];

/** The files for using stores without opening one. */
const PLACES = ['stores/store.ts', 'stores/locations.ts', 'stores/generated/places.ts'];

/** Rooms within a format, by their names inside it. */
const imagej = (...rooms) => rooms.map((room) => `formats/imagej/${room}`);
const jetbrains = (...rooms) => rooms.map((room) => `formats/jetbrains/${room}`);

/** All effects except the stores. */
const IO = ['io', 'io/files', 'io/web', 'io/github'];

/**
 * The rooms of src/ (docs/architecture.md): which other rooms each may import, and which effects it may have.
 * `door` is the file to read first: its first comment explains the room. `effects` are files, processes and the
 * network, `toolkit` the packages of the runner, `edge` the concerns of a whole program: the environment, the end
 * of the process, the clock, randomness and threads.
 */
const TABLE = {
  model: { door: 'plan.ts', imports: [] },
  archive: { door: 'archive.ts', imports: ['model'] },
  xml: { door: 'read.ts', imports: ['model'] },
  maven: { door: 'resolve.ts', imports: ['model', 'xml'] },
  formats: { door: 'format.ts', imports: ['model'] },
  'formats/imagej': {
    door: 'format.ts',
    imports: [
      ...CONTRACT,
      ...imagej('index', 'artifacts', 'placement', 'dependencies', 'checks', 'plan', 'verify', 'rollback'),
      'model',
    ],
  },
  'formats/imagej/index': { door: 'load.ts', imports: ['formats/imagej', 'model', 'xml'] },
  'formats/imagej/artifacts': {
    door: 'inspect.ts',
    imports: ['formats/imagej', ...imagej('index'), 'archive', 'model', 'xml'],
  },
  'formats/imagej/placement': {
    door: 'place.ts',
    imports: ['formats/imagej', ...imagej('index', 'artifacts'), 'model'],
  },
  'formats/imagej/dependencies': {
    door: 'find.ts',
    imports: [
      'formats/imagej',
      ...imagej('index', 'artifacts', 'placement'),
      ...CONTRACT,
      'archive',
      'maven',
      'model',
      'xml',
    ],
  },
  'formats/imagej/checks': {
    door: 'dangers.ts',
    imports: [
      'formats/imagej',
      ...imagej('index', 'artifacts', 'placement', 'dependencies'),
      'maven',
      'model',
    ],
  },
  'formats/imagej/plan': {
    door: 'plan.ts',
    imports: [
      'formats/imagej',
      ...imagej('index', 'artifacts', 'placement', 'dependencies', 'checks'),
      ...CONTRACT,
      'model',
    ],
  },
  'formats/imagej/rollback': {
    door: 'rollback.ts',
    imports: ['formats/imagej', ...imagej('index', 'plan'), ...CONTRACT, 'model', 'xml'],
  },
  'formats/imagej/verify': {
    door: 'verify.ts',
    imports: [
      'formats/imagej',
      ...imagej('index', 'artifacts', 'dependencies'),
      ...CONTRACT,
      'archive',
      'model',
      'xml',
    ],
  },
  'formats/jetbrains': {
    door: 'format.ts',
    imports: [
      ...CONTRACT,
      ...jetbrains('descriptor', 'index', 'compare', 'plan', 'verify', 'rollback'),
      'model',
      'xml',
    ],
  },
  'formats/jetbrains/signature': { door: 'signature.ts', imports: ['archive', 'model'] },
  'formats/jetbrains/descriptor': {
    door: 'plugin-archive.ts',
    imports: ['formats/jetbrains', ...jetbrains('signature'), 'archive', 'model', 'xml'],
  },
  'formats/jetbrains/index': {
    door: 'load.ts',
    imports: ['formats/jetbrains', ...jetbrains('descriptor'), 'model', 'xml'],
  },
  'formats/jetbrains/compare': {
    door: 'compare.ts',
    imports: ['formats/jetbrains', ...jetbrains('signature', 'descriptor', 'index'), 'model', 'xml'],
  },
  'formats/jetbrains/plan': {
    door: 'plan.ts',
    imports: ['formats/jetbrains', ...jetbrains('signature', 'descriptor', 'index'), ...CONTRACT, 'model'],
  },
  'formats/jetbrains/rollback': {
    door: 'rollback.ts',
    imports: ['formats/jetbrains', ...jetbrains('index', 'plan', 'verify'), ...CONTRACT, 'model'],
  },
  'formats/jetbrains/verify': {
    door: 'verify.ts',
    imports: ['formats/jetbrains', ...jetbrains('descriptor', 'index'), ...CONTRACT, 'model', 'xml'],
  },
  'formats/registry.ts': { imports: [...CONTRACT, 'formats/generated', 'model'] },
  'formats/generated': { imports: [...CONTRACT, ...ofFormats('format'), 'model'] },
  'formats/generated/descriptions.ts': { imports: [...CONTRACT, ...ofFormats('description'), 'model'] },
  // The readers of artifacts: threads load only this part of the formats.
  'formats/generated/readers.ts': { imports: [...CONTRACT, ...ofFormats('readers'), 'model'] },
  report: { door: 'words.ts', imports: [...DESCRIPTIONS, 'model'] },
  app: { door: 'compare.ts', imports: ['app/ports', ...CONTRACT, 'report', 'model'] },
  'app/ports': { door: 'site-store.ts', imports: ['model'] },
  'app/publish': {
    door: 'publish.ts',
    imports: ['app', 'app/ports', ...CONTRACT, 'report', 'model'],
  },
  'app/import': {
    door: 'import.ts',
    imports: ['app', 'app/ports', ...CONTRACT, 'model'],
  },
  'app/rollback': {
    door: 'rollback.ts',
    imports: ['app', 'app/ports', ...CONTRACT, 'report', 'model'],
  },
  'app/export': {
    door: 'export.ts',
    imports: ['app', 'app/ports', ...CONTRACT, 'report', 'model'],
  },
  'app/verify': { door: 'verify.ts', imports: ['app', 'app/ports', ...CONTRACT, 'model'] },
  io: { door: 'reasons.ts', imports: ['app/ports', 'model'], effects: true },
  'io/files': { door: 'artifact-files.ts', imports: ['app/ports', 'io', 'model'], effects: true },
  'io/web': {
    door: 'download.ts',
    imports: ['app/ports', 'io', 'io/files', 'model'],
    effects: true,
    toolkit: true,
  },
  'io/github': {
    door: 'api.ts',
    imports: ['app/ports', 'io', 'io/web', 'model'],
    effects: true,
    toolkit: true,
  },
  stores: { door: 'store.ts', imports: ['app/ports', ...PLACES, 'stores/generated', 'model'] },
  'stores/locations.ts': { imports: [...PLACES, 'model'] },
  'stores/generated': {
    imports: ['stores', ...PLACES, ...ofStores('store'), ...ofSources('source'), 'model'],
  },
  'stores/generated/places.ts': {
    imports: ['stores/store.ts', ...ofStores('place'), ...ofSources('place'), 'model'],
  },
  'stores/git': storeRoom('git', 'site.ts'),
  'stores/folder': storeRoom('folder', 'site.ts'),
  'stores/backup': withArchive(storeRoom('backup', 'source.ts')),
  'stores/git/place.ts': { imports: ['stores/store.ts', 'stores/git', 'model'] },
  demo: { door: 'demo.ts', imports: ['io', 'model', 'report'] },
  'demo/workspace.ts': { imports: ['demo', 'io', 'stores/git'], effects: true },
  'demo/server.ts': { imports: ['demo'], effects: true },
  settings: {
    door: 'settings.ts',
    imports: [
      ...FORMATS,
      ...PLACES,
      'stores/locations.ts',
      'app/publish/settings.ts',
      'app/verify/settings.ts',
      'app/import/settings.ts',
      'app/rollback/settings.ts',
      'app/export/settings.ts',
      'app/ports',
      'model',
    ],
  },
  entry: { door: 'failure.ts', imports: ['app/ports', 'model', 'report'], edge: true },
  'entry/commands': {
    door: 'run.ts',
    imports: [
      'app',
      'app/ports',
      'app/publish',
      'app/verify',
      'app/import',
      'app/rollback',
      'app/export',
      'demo',
      'demo/workspace.ts',
      'demo/server.ts',
      'entry',
      'entry/worker',
      ...FORMATS,
      'formats/generated/readers.ts',
      ...IO,
      'model',
      'report',
      'settings',
      'stores',
      'stores/locations.ts',
    ],
    edge: true,
  },
  'entry/cli': {
    door: 'cli.ts',
    imports: [
      'app/ports',
      'entry',
      'entry/commands',
      ...DESCRIPTIONS,
      'io/files',
      'model',
      'report',
      'settings',
    ],
    edge: true,
  },
  'entry/action': {
    door: 'action.ts',
    imports: [
      'app',
      'app/ports',
      'entry',
      'entry/commands',
      ...FORMATS,
      ...IO,
      'model',
      'report',
      'settings',
      'stores/locations.ts',
    ],
    toolkit: true,
    edge: true,
  },
  'entry/worker': {
    door: 'worker.ts',
    imports: ['app/ports', 'formats/generated/readers.ts', 'io', 'io/files', 'model'],
    edge: true,
  },
};

/** A format without a row in the table is one room. */
function formatRoom() {
  return { door: 'format.ts', imports: [...CONTRACT, 'archive', 'maven', 'model', 'xml'] };
}

/** A store is one room; the file that reads its places is pure. */
function storeRoom(name, door = 'store.ts') {
  const own = [`stores/${name}/place.ts`, 'stores/store.ts'];
  return { door, imports: ['app/ports', ...own, 'io', 'io/files', 'io/web', 'model'], effects: true };
}

/** The same room, which also reads archives. */
function withArchive(room) {
  return { ...room, imports: [...room.imports, 'archive'] };
}

/** @type {Readonly<Record<string, { door?: string, imports: string[], effects?: true, toolkit?: true, edge?: true }>>} */
export const ROOMS = { ...TABLE };
for (const name of FORMAT_NAMES) ROOMS[`formats/${name}`] ??= formatRoom();
for (const name of STORE_NAMES) ROOMS[`stores/${name}`] ??= storeRoom(name);
for (const name of SOURCE_NAMES) ROOMS[`stores/${name}`] ??= storeRoom(name, 'source.ts');
for (const file of [...ofStores('place'), ...ofSources('place')])
  ROOMS[file] ??= { imports: ['stores/store.ts', 'model'] };

/** The entry modules of the programs in dist/. */
export const PROGRAMS = {
  'index.js': 'entry/action/index',
  'verify.js': 'entry/action/verify',
  'rollback.js': 'entry/action/rollback',
  'import.js': 'entry/action/import',
  'action.js': 'entry/action/action',
  'cli.js': 'entry/cli/cli',
  'commands.js': 'entry/cli/commands',
  'worker.js': 'entry/worker/worker',
};

/** Returns the door of a room, relative to the root of the project. */
export function doorOf(room) {
  return `src/${room}/${ROOMS[room].door}`;
}

/**
 * Returns a regular expression for the files of a room, relative to the root of the project, without those of rooms
 * inside it.
 */
export function filesOf(room) {
  const escape = (text) => text.replaceAll('.', '\\.');
  if (room.endsWith('.ts')) return `^src/${escape(room)}$`;
  const within = Object.keys(ROOMS)
    .filter((other) => other.startsWith(`${room}/`))
    .map((other) => escape(other.slice(room.length + 1)) + (other.endsWith('.ts') ? '$' : '/'));
  return `^src/${room}/${within.length > 0 ? `(?!${within.join('|')})` : ''}`;
}
