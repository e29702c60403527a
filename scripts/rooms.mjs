/** What every format promises to the rest of the program. */
const CONTRACT = ['formats/format.ts', 'formats/dependencies.ts'];

/** What may be used of the formats without knowing which there are. */
const FORMATS = [...CONTRACT, 'formats/registry.ts', 'formats/readers.ts'];

/**
 * The rooms of src/ (docs/architecture.md): which other rooms each may import, and which effects it may have.
 * `effects` are files, processes and the network, `toolkit` the packages of the runner, `edge` what belongs to the
 * program as a whole: the environment, the end of the process, the clock, randomness and threads.
 */
export const ROOMS = {
  model: { imports: [] },
  archive: { imports: ['model'] },
  xml: { imports: ['model'] },
  maven: { imports: ['model', 'xml'] },
  'formats/format.ts': { imports: [...CONTRACT, 'model'] },
  'formats/dependencies.ts': { imports: [...CONTRACT, 'model'] },
  'formats/imagej': { imports: ['archive', ...CONTRACT, 'maven', 'model', 'xml'] },
  'formats/jetbrains': { imports: ['archive', ...CONTRACT, 'model', 'xml'] },
  'formats/registry.ts': {
    imports: ['formats/imagej/format.ts', 'formats/jetbrains/format.ts', ...CONTRACT, 'model'],
  },
  // What reads artifacts: threads load this, and nothing else of the formats.
  'formats/readers.ts': { imports: [...CONTRACT, 'formats/imagej', 'formats/jetbrains', 'model'] },
  report: { imports: ['model'] },
  'app/ports': { imports: ['model'] },
  'app/publish': { imports: ['app', 'app/ports', ...CONTRACT, 'formats/registry.ts', 'report', 'model'] },
  app: { imports: ['app/ports', ...CONTRACT, 'report', 'model'] },
  io: { imports: ['app/ports', 'model'], effects: true, toolkit: true },
  'stores/git': { imports: ['app/ports', 'io', 'model'], effects: true },
  'stores/folder': { imports: ['app/ports', 'io', 'model'], effects: true },
  demo: { imports: ['io', 'model', 'report'] },
  'demo/workspace.ts': { imports: ['demo', 'io', 'stores/git'], effects: true },
  'demo/server.ts': { imports: ['demo'], effects: true },
  settings: {
    imports: [...CONTRACT, 'formats/registry.ts', 'app/publish/settings.ts', 'app/ports', 'model'],
  },
  entry: { imports: ['app/ports', 'model', 'report'], edge: true },
  'entry/commands': {
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
      'io',
      'model',
      'report',
      'settings',
      'stores/folder',
      'stores/git',
    ],
    edge: true,
  },
  'entry/cli': {
    imports: ['app/ports', 'entry', 'entry/commands', 'model', 'report', 'settings'],
    edge: true,
  },
  'entry/action': {
    imports: [
      'app',
      'app/ports',
      'entry',
      'entry/commands',
      ...FORMATS,
      'io',
      'model',
      'report',
      'settings',
      'stores/git',
    ],
    toolkit: true,
    edge: true,
  },
  'entry/worker': { imports: ['app/ports', 'formats/readers.ts', 'io', 'model'], edge: true },
};

/** The modules that the programs of dist/ start with. */
export const PROGRAMS = {
  'index.js': 'entry/action/action',
  'cli.js': 'entry/cli/cli',
  'commands.js': 'entry/cli/main',
  'worker.js': 'entry/worker/worker',
};

/** A regular expression for the files of a room, relative to the root of the project, without those of rooms within it. */
export function filesOf(room) {
  const escape = (text) => text.replaceAll('.', '\\.');
  if (room.endsWith('.ts')) return `^src/${escape(room)}$`;
  const within = Object.keys(ROOMS)
    .filter((other) => other.startsWith(`${room}/`))
    .map((other) => escape(other.slice(room.length + 1)) + (other.endsWith('.ts') ? '$' : '/'));
  return `^src/${room}/${within.length > 0 ? `(?!${within.join('|')})` : ''}`;
}
