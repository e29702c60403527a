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
  imagej: { imports: ['archive', 'maven', 'model', 'xml'] },
  jetbrains: { imports: ['archive', 'model', 'xml'] },
  report: { imports: ['model'] },
  app: { imports: ['report', 'model'] },
  // The places of app that name the formats: the registry, and its part that threads load.
  'app/registry.ts': { imports: ['app', 'imagej', 'jetbrains', 'report', 'model'] },
  'app/inspect-file.ts': { imports: ['app', 'imagej', 'jetbrains', 'report', 'model'] },
  io: { imports: ['app/ports.ts', 'model'], effects: true, toolkit: true },
  entry: {
    imports: ['app', 'archive', 'imagej', 'io', 'jetbrains', 'maven', 'model', 'report', 'xml'],
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
