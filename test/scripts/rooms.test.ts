import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT } from '../support/fixtures.js';
import { makeFolder, writeFiles } from '../support/folders.js';

const { doorOf, ROOMS } = (await import(pathToFileURL(path.join(PROJECT, 'scripts/rooms.mjs')).href)) as {
  doorOf: (room: string) => string;
  ROOMS: Readonly<Record<string, { door?: string }>>;
};

/** Returns what dependency-cruiser reports, with the rules of the project, for these files and the programs. */
function violations(files: Record<string, string>): string[] {
  const folder = makeFolder();
  cpSync(path.join(PROJECT, 'tsconfig.json'), path.join(folder, 'tsconfig.json'));
  writeFiles(folder, {
    'package.json': '{ "type": "module" }',
    'src/entry/action/action.ts': Object.keys(files)
      .filter((name) => name.startsWith('src/'))
      .map((name) => `import '../../../${name.replace(/\.ts$/, '.js')}';\n`)
      .join(''),
    ...files,
  });
  const { stdout } = spawnSync(
    process.execPath,
    [
      path.join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['--config', path.join(PROJECT, '.dependency-cruiser.mjs'), '--output-type', 'json', 'src'],
    ],
    { cwd: folder, encoding: 'utf8' },
  );
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { rule: { name: string }; from: string }[] };
  };
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
}

test('reports each wrong import and no right one', () => {
  const found = violations({
    'src/model/right.ts': 'export type Right = 1;',
    'src/io/right.ts':
      "import 'node:fs';\nimport type { Right } from '../model/right.js';\nexport type B = Right;",
    'src/model/other-room.ts': "import '../io/right.js';",
    'src/model/type-of-another-room.ts': "import type { B } from '../io/right.js';\nexport type A = B;",
    'src/model/files.ts': "import 'node:fs/promises';",
    'src/model/process.ts': "import 'child_process';",
    'src/model/thread.ts': "import 'node:worker_threads';",
    'src/model/missing.ts': "import './nothing.js';",
    'src/model/circle.ts': "import type { B } from './end.js';\nexport type A = B[];",
    'src/model/end.ts': "import type { A } from './circle.js';\nexport type B = A[];",
    'src/heap/room-that-the-table-lacks.ts': 'export {};',
  });
  expect(found.sort()).toEqual([
    'effects-model: src/model/files.ts',
    'effects-model: src/model/process.ts',
    'no-circle: src/model/circle.ts',
    'no-unresolvable: src/model/missing.ts',
    'only-dependencies: src/model/missing.ts',
    'room-entry/action: src/entry/action/action.ts',
    'room-model: src/model/other-room.ts',
    'room-model: src/model/type-of-another-room.ts',
    'threads-model: src/model/thread.ts',
  ]);
});

test('reports a file that no program imports', () => {
  const files = {
    'src/entry/action/action.ts': "import '../../model/right.js';",
    'src/model/right.ts': 'export {};',
  };
  expect(violations({ ...files, 'src/model/forgotten.ts': 'export {};' })).toEqual([
    'no-orphan: src/model/forgotten.ts',
  ]);
});

test('each folder with code is a room with a door that explains it', () => {
  const folders = readdirSync(path.join(PROJECT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.dirname(name).split(path.sep).join('/'))
    // Generated lists.
    .filter((folder) => !folder.endsWith('/generated'));
  const rooms = Object.keys(ROOMS).filter((room) => ROOMS[room]?.door !== undefined);
  expect(rooms.sort()).toEqual([...new Set(folders)].sort());
  for (const room of rooms)
    expect(readFileSync(path.join(PROJECT, doorOf(room)), 'utf8')).toMatch(
      /^\/\*\*\n( \* \S.*\n)+ \*\n \* @module\n/,
    );
});
