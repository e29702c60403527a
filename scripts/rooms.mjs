/** What every format promises to the rest of the program. */
const CONTRACT = ['formats/format.ts', 'formats/dependencies.ts'];

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
  'formats/readers.ts': { imports: ['formats', 'model'] },
  report: { imports: ['model'] },
  app: { imports: [...CONTRACT, 'formats/registry.ts', 'report', 'model'] },
  'app/inspect-file.ts': { imports: ['app', 'formats/readers.ts', 'model'] },
  io: { imports: ['app/ports', 'model'], effects: true, toolkit: true },
  demo: { imports: ['io', 'model', 'report'] },
  'demo/workspace.ts': { imports: ['demo', 'io'], effects: true },
  'demo/server.ts': { imports: ['demo'], effects: true },
  settings: {
    imports: [...CONTRACT, 'formats/registry.ts', 'app/publish/settings.ts', 'app/ports', 'model'],
  },
  entry: {
    imports: ['app', 'archive', 'demo', 'formats', 'io', 'maven', 'model', 'report', 'settings', 'xml'],
    toolkit: true,
    edge: true,
  },
};

/** The modules that the programs of dist/ start with. */
export const PROGRAMS = {
  'index.js': 'entry/action',
  'cli.js': 'entry/cli',
  'commands.js': 'entry/commands',
  'worker.js': 'entry/worker',
};

/** A regular expression for the files of a room, relative to the root of the project. */
export function filesOf(room) {
  return room.endsWith('.ts') ? `^src/${room.replaceAll('.', '\\.')}$` : `^src/${room}/`;
}

/** The rooms within a room: their files follow their own row. */
export function roomsWithin(room) {
  return Object.keys(ROOMS).filter((other) => other.startsWith(`${room}/`));
}
