/** What every format promises to the rest of the program. */
const CONTRACT = ['formats/format.ts', 'formats/dependencies.ts'];

/** What may be used of the formats without knowing which there are. */
const FORMATS = [...CONTRACT, 'formats/registry.ts', 'formats/readers.ts'];

/** Rooms within a format, by their names in it. */
const imagej = (...rooms) => rooms.map((room) => `formats/imagej/${room}`);
const jetbrains = (...rooms) => rooms.map((room) => `formats/jetbrains/${room}`);

/** All effects but the stores. */
const IO = ['io', 'io/files', 'io/web', 'io/github'];

/**
 * The rooms of src/ (docs/architecture.md): which other rooms each may import, and which effects it may have.
 * `door` is the file to read first: its first comment explains the room. `effects` are files, processes and the network, `toolkit` the packages of the runner, `edge` what belongs to the
 * program as a whole: the environment, the end of the process, the clock, randomness and threads.
 */
export const ROOMS = {
  model: { door: 'plan.ts', imports: [] },
  archive: { door: 'archive.ts', imports: ['model'] },
  xml: { door: 'tree.ts', imports: ['model'] },
  maven: { door: 'resolve.ts', imports: ['model', 'xml'] },
  formats: { door: 'format.ts', imports: ['model'] },
  'formats/imagej': {
    door: 'format.ts',
    imports: [
      ...CONTRACT,
      ...imagej('index', 'artifacts', 'placement', 'dependencies', 'checks', 'plan'),
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
  'formats/jetbrains': {
    door: 'format.ts',
    imports: [...CONTRACT, ...jetbrains('descriptor', 'index', 'compare', 'plan'), 'model', 'xml'],
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
  'formats/registry.ts': {
    imports: ['formats/imagej/format.ts', 'formats/jetbrains/format.ts', ...CONTRACT, 'model'],
  },
  // What reads artifacts: threads load this, and nothing else of the formats.
  'formats/readers.ts': {
    imports: [...CONTRACT, ...imagej('artifacts', 'dependencies'), ...jetbrains('descriptor'), 'model'],
  },
  report: { door: 'words.ts', imports: ['model'] },
  app: { door: 'compare.ts', imports: ['app/ports', ...CONTRACT, 'report', 'model'] },
  'app/ports': { door: 'site-store.ts', imports: ['model'] },
  'app/publish': {
    door: 'publish.ts',
    imports: ['app', 'app/ports', ...CONTRACT, 'formats/registry.ts', 'report', 'model'],
  },
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
  'stores/git': {
    door: 'site.ts',
    imports: ['app/ports', 'io', 'io/files', 'io/web', 'model'],
    effects: true,
  },
  'stores/folder': {
    door: 'site.ts',
    imports: ['app/ports', 'io', 'io/files', 'io/web', 'model'],
    effects: true,
  },
  demo: { door: 'demo.ts', imports: ['io', 'model', 'report'] },
  'demo/workspace.ts': { imports: ['demo', 'io', 'stores/git'], effects: true },
  'demo/server.ts': { imports: ['demo'], effects: true },
  settings: {
    door: 'settings.ts',
    imports: [...CONTRACT, 'formats/registry.ts', 'app/publish/settings.ts', 'app/ports', 'model'],
  },
  entry: { door: 'failure.ts', imports: ['app/ports', 'model', 'report'], edge: true },
  'entry/commands': {
    door: 'run.ts',
    imports: [
      'app',
      'app/ports',
      'app/publish',
      'demo',
      'demo/workspace.ts',
      'demo/server.ts',
      'entry',
      'entry/worker',
      ...FORMATS,
      ...IO,
      'model',
      'report',
      'settings',
      'stores/folder',
      'stores/git',
    ],
    edge: true,
  },
  'entry/cli': {
    door: 'cli.ts',
    imports: ['app/ports', 'entry', 'entry/commands', 'model', 'report', 'settings'],
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
      'stores/git',
    ],
    toolkit: true,
    edge: true,
  },
  'entry/worker': {
    door: 'worker.ts',
    imports: ['app/ports', 'formats/readers.ts', 'io', 'io/files', 'model'],
    edge: true,
  },
};

/** The modules that the programs of dist/ start with. */
export const PROGRAMS = {
  'index.js': 'entry/action/action',
  'cli.js': 'entry/cli/cli',
  'commands.js': 'entry/cli/commands',
  'worker.js': 'entry/worker/worker',
};

/** The door of a room, relative to the root of the project. */
export function doorOf(room) {
  return `src/${room}/${ROOMS[room].door}`;
}

/** A regular expression for the files of a room, relative to the root of the project, without those of rooms within it. */
export function filesOf(room) {
  const escape = (text) => text.replaceAll('.', '\\.');
  if (room.endsWith('.ts')) return `^src/${escape(room)}$`;
  const within = Object.keys(ROOMS)
    .filter((other) => other.startsWith(`${room}/`))
    .map((other) => escape(other.slice(room.length + 1)) + (other.endsWith('.ts') ? '$' : '/'));
  return `^src/${room}/${within.length > 0 ? `(?!${within.join('|')})` : ''}`;
}
