import { filesOf, PROGRAMS, ROOMS } from './scripts/rooms.mjs';

const EFFECTS = '^(node:)?(fs|child_process|http|https|http2|net|dgram|tls|os|cluster)(/|$)';
const THREADS = '^(node:)?worker_threads$';
const RUNNER = 'node_modules/@actions/';
const PROGRAM_FILES = Object.values(PROGRAMS).map((program) => `^src/${program}\\.ts$`);

/** Returns the rules of one room: its permitted imports and effects. */
function rulesOf([room, { imports, effects = false, toolkit = false, edge = false }]) {
  const from = { path: filesOf(room) };
  const rules = [
    {
      name: `room-${room}`,
      comment: `src/${room} may import ${['itself', ...imports].join(', ')}.`,
      from,
      to: { path: '^src/', pathNot: [room, ...imports].map(filesOf) },
    },
  ];
  if (!effects)
    rules.push({
      name: `effects-${room}`,
      comment: 'Files, processes and the network belong to src/io.',
      from,
      to: { dependencyTypes: ['core'], path: EFFECTS },
    });
  if (!effects && !edge)
    rules.push({
      name: `threads-${room}`,
      comment: 'Threads belong to src/io and src/entry.',
      from,
      to: { dependencyTypes: ['core'], path: THREADS },
    });
  if (!toolkit)
    rules.push({
      name: `runner-${room}`,
      comment: 'The packages of the runner belong to src/entry and the adapters of src/io.',
      from,
      to: { path: RUNNER },
    });
  return rules.map((rule) => ({ severity: 'error', ...rule }));
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Files that import each other, even if only types, cannot be understood one by one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      comment: 'A file that no program imports is dead code.',
      severity: 'error',
      from: { path: PROGRAM_FILES },
      to: { path: '^src/', pathNot: PROGRAM_FILES, reachable: false },
    },
    {
      name: 'no-unresolvable',
      comment: 'The import cannot be resolved.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'only-dependencies',
      comment: 'dist/ is built from "dependencies", and from src/ alone.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypesNot: ['core', 'local', 'npm', 'type-only'],
        pathNot: '^src/',
      },
    },
    ...Object.entries(ROOMS).flatMap(rulesOf),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
