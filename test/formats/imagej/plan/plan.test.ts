import type { Pom } from '../../../../src/formats/imagej/artifacts/pom.js';
import { parseIndexXml } from '../../../../src/formats/imagej/index/read.js';
import { EMPTY_INDEX, type SiteIndex } from '../../../../src/formats/imagej/index/site-index.js';
import { renderRecord } from '../../../../src/formats/imagej/index/write.js';
import { compareNewPaths } from '../../../../src/formats/imagej/layout.js';
import { applyPlan } from '../../../../src/formats/imagej/plan/apply.js';
import type { SitePath } from '../../../../src/model/site-path.js';
import { planFiles, type PlanInput } from '../../../support/scenario.js';

const OLD = 'a'.repeat(40);
const NEW = 'b'.repeat(40);
const NOW = 20260101000000;

interface File {
  path?: string;
  file?: string;
  checksum?: string;
  historical?: string[];
  hasPluginsConfig?: boolean;
  pom?: Partial<Pom>;
}

function request(index: SiteIndex, files: File[], more: Partial<PlanInput> = {}): PlanInput {
  const artifacts = files.map(
    ({ path, file, checksum = NEW, historical = [], hasPluginsConfig = false, pom }) => ({
      artifact: {
        file: file ?? path ?? '',
        destination: path as SitePath | undefined,
        size: 5,
        modified: 0,
        executable: false,
      },
      inspection: {
        checksum,
        size: 5,
        historicalChecksums: historical,
        hasPluginsConfig,
        pom: pom && pomXml(pom),
        ownPom: pom && pomXml(pom),
      },
    }),
  );
  return { index, artifacts, now: NOW, ...more };
}

function pomXml({ description = '', authors = [], subdirectory = '' }: Partial<Pom>): Uint8Array {
  const developers = authors.map((name) => `<developer><name>${name}</name></developer>`).join('');
  const properties = `<scijava.app.subdirectory>${subdirectory}</scijava.app.subdirectory>`;
  return Buffer.from(
    `<project><description>${description}</description><developers>${developers}</developers><properties>${properties}</properties></project>`,
  );
}

function indexOf(records: string): SiteIndex {
  return parseIndexXml(Buffer.from(`<pluginRecords>${records}</pluginRecords>`));
}

const LIBRARY = indexOf(
  `<plugin filename="jars/lib-1.0.jar"><platform>win64</platform><version checksum="${OLD}" timestamp="20250101000000" filesize="3" build="7">` +
    `<description>By hand</description><link>l</link></version><previous-version timestamp="20240101000000" timestamp-obsolete="20250101000000" checksum="${'c'.repeat(40)}"/></plugin>` +
    `<plugin filename="macros/Gone.ijm"><previous-version timestamp="20240101000000" timestamp-obsolete="20240601000000" checksum="${OLD}"/></plugin>`,
);

function recordAfter(files: File[], more: Partial<PlanInput> = {}): string {
  const plan = planFiles(request(LIBRARY, files, more));
  const record = applyPlan(LIBRARY, plan).records.find(
    ({ filename }) => /lib|Gone/.test(filename) && plan.changes.some(({ path }) => path === filename),
  );
  return record ? renderRecord(record) : '';
}

describe('the plan for a file', () => {
  test('does nothing for the same content under the same name', () => {
    const plan = planFiles(request(LIBRARY, [{ path: 'jars/lib-1.0.jar', checksum: OLD }]));
    expect(plan).toMatchObject({ changes: [], unchanged: 1, payloads: [], problems: [] });
  });

  test('treats a checksum of older updaters as the same content', () => {
    const plan = planFiles(
      request(LIBRARY, [{ path: 'jars/lib-1.0.jar', checksum: NEW, historical: ['x', OLD] }]),
    );
    expect(plan).toMatchObject({ changes: [], unchanged: 1 });
  });

  test('publishes the content of a previous version again as the newest, by any checksum', () => {
    const previous = 'c'.repeat(40);
    for (const file of [{ checksum: previous }, { checksum: NEW, historical: [previous] }]) {
      const plan = planFiles(request(LIBRARY, [{ path: 'jars/lib-1.0.jar', ...file }]));
      expect(plan.changes).toMatchObject([
        { kind: 'update', checksum: file.checksum, reason: 'an earlier content is published again' },
      ]);
    }
  });

  test('turns replaced content into a previous version, and keeps metadata that was written by hand', () => {
    expect(recordAfter([{ path: 'jars/lib-1.1.jar' }])).toBe(
      `    <plugin filename="jars/lib-1.1.jar">
        <platform>win64</platform>
        <version checksum="${NEW}" timestamp="${NOW}" filesize="5">
            <description>By hand</description>
            <link>l</link>
        </version>
        <previous-version timestamp="20240101000000" timestamp-obsolete="20250101000000" checksum="${'c'.repeat(40)}" filename="jars/lib-1.0.jar"/>
        <previous-version timestamp="20250101000000" timestamp-obsolete="${NOW}" checksum="${OLD}" filename="jars/lib-1.0.jar" build="7"/>
    </plugin>
`,
    );
  });

  test('records the old name after a renaming, without making it obsolete', () => {
    const text = recordAfter([{ path: 'jars/lib-1.0.1.jar', checksum: OLD }]);
    expect(text).toContain('<plugin filename="jars/lib-1.0.1.jar">');
    expect(text).toContain(`<version checksum="${OLD}" timestamp="${NOW}" filesize="5">`);
    expect(text).toContain(
      `timestamp="20250101000000" timestamp-obsolete="0" checksum="${OLD}" filename="jars/lib-1.0.jar" build="7"/>`,
    );
  });

  test('restores an obsolete file with an unchanged history', () => {
    expect(recordAfter([{ path: 'macros/Gone.ijm', checksum: OLD }])).toBe(
      `    <plugin filename="macros/Gone.ijm">
        <version checksum="${OLD}" timestamp="${NOW}" filesize="5"/>
        <previous-version timestamp="20240101000000" timestamp-obsolete="20240601000000" checksum="${OLD}" filename="macros/Gone.ijm"/>
    </plugin>
`,
    );
  });

  test('explains which users are not offered a restored file', () => {
    const { changes } = planFiles(request(LIBRARY, [{ path: 'macros/Gone.ijm' }]));
    expect(changes.map(({ kind, reason }) => `${kind}: ${reason}`)).toEqual([
      'revive: it was obsolete and is restored; users who no longer have it are not offered it',
    ]);
  });

  test.each(['jars/lib-1.0.jar', 'jars/lib.jar'])('removes a file that is named as %s', (path) => {
    const text = recordAfter([], { remove: [path] });
    expect(text).not.toContain('<version');
    expect(text).not.toContain('By hand');
    expect(text).toContain(
      `timestamp="20250101000000" timestamp-obsolete="${NOW}" checksum="${OLD}" filename="jars/lib-1.0.jar" build="7"/>`,
    );
  });

  test('removes a file that a complete site does not include', () => {
    const plan = planFiles(request(LIBRARY, [{ path: 'macros/New.ijm' }], { completeSite: true }));
    expect(plan.changes.map(({ kind, path }) => [kind, path])).toEqual([
      ['remove', 'jars/lib-1.0.jar'],
      ['add', 'macros/New.ijm'],
    ]);
  });
});

describe('the timestamp', () => {
  test('is later than all timestamps of the affected records', () => {
    const plan = planFiles(request(LIBRARY, [{ path: 'jars/lib-1.0.jar' }], { now: 20200101000000 }));
    expect(plan.timestamp).toBe(20250101000001);
    expect(plan.payloads).toMatchObject([{ storedPath: 'jars/lib-1.0.jar-20250101000001' }]);
  });

  test('does not depend on other records', () => {
    expect(planFiles(request(LIBRARY, [{ path: 'macros/x.ijm' }], { now: 20200101000000 })).timestamp).toBe(
      20200101000000,
    );
  });
});

describe('a plan', () => {
  const NO_METADATA = { description: undefined, authors: [] };

  test('contains everything about an added file', () => {
    const plan = planFiles(request(EMPTY_INDEX, [{ path: 'lib/win64/a.exe', file: 'out/a.exe' }]));
    expect(plan).toMatchObject({ timestamp: NOW, unchanged: 0, skipped: [], restored: [], otherSizes: [] });
    expect(plan.changes).toEqual([
      {
        kind: 'add',
        reason: 'it is not on the site yet',
        path: 'lib/win64/a.exe',
        checksum: NEW,
        size: 5,
        component: 'lib/win64/a.exe',
        placement: { executable: true, platforms: ['win64'] },
        metadata: NO_METADATA,
        coordinate: undefined,
        inherits: [],
      },
    ]);
    expect(plan.payloads).toEqual([
      {
        storedPath: `lib/win64/a.exe-${NOW}`,
        path: 'lib/win64/a.exe',
        file: 'out/a.exe',
        size: 5,
        modified: 0,
        checksum: NEW,
      },
    ]);
  });

  test('explains what happens to the files of the site', () => {
    const reasons = (files: File[], more: Partial<PlanInput> = {}) =>
      planFiles(request(LIBRARY, files, more)).changes.map(({ kind, path, previousPath, reason }) =>
        [kind, path, ...(previousPath === undefined ? [] : [previousPath]), reason].join(' | '),
      );
    expect(reasons([{ path: 'jars/lib-1.0.jar' }])).toEqual([
      'update | jars/lib-1.0.jar | its content has changed',
    ]);
    expect(reasons([{ path: 'jars/lib-1.1.jar', checksum: 'c'.repeat(40) }])).toEqual([
      'update | jars/lib-1.1.jar | jars/lib-1.0.jar | an earlier content is published again',
    ]);
    expect(reasons([{ path: 'jars/lib-1.1.jar', checksum: OLD }])).toEqual([
      'rename | jars/lib-1.1.jar | jars/lib-1.0.jar | the same content has a new name',
    ]);
    expect(reasons([{ path: 'macros/Gone.ijm' }])).toEqual([
      'revive | macros/Gone.ijm | it was obsolete and is restored; users who no longer have it are not offered it',
    ]);
    expect(reasons([{ file: 'a/lib-1.1.jar' }])).toEqual([
      'update | jars/lib-1.1.jar | jars/lib-1.0.jar | its content has changed; the site has jars/lib-1.0.jar',
    ]);
    expect(reasons([], { remove: ['jars/lib.jar'] })).toEqual([
      'remove | jars/lib-1.0.jar | removed by request',
    ]);
  });

  test('contains removals without content', () => {
    const plan = planFiles(request(LIBRARY, [], { remove: ['jars/lib.jar'] }));
    expect(plan.changes).toEqual([
      {
        kind: 'remove',
        path: 'jars/lib-1.0.jar',
        reason: 'removed by request',
        component: 'jars/lib.jar',
        placement: { executable: false, platforms: ['win64'] },
        metadata: NO_METADATA,
        coordinate: undefined,
        inherits: [],
      },
    ]);
    expect(plan.payloads).toEqual([]);
  });

  test('counts unchanged files, and checks their POMs', () => {
    const unchanged = planFiles(request(LIBRARY, [{ path: 'jars/lib-1.0.jar', checksum: OLD }]));
    expect(unchanged).toMatchObject({ changes: [], unchanged: 1, payloads: [], notices: [], problems: [] });
    const inputWithPom = (checksum: string) => {
      const input = request(LIBRARY, [{ path: 'jars/lib-1.0.jar', checksum }]);
      const artifacts = (input.artifacts ?? []).map((one) => ({
        ...one,
        inspection: { ...one.inspection, pom: Buffer.from('<project') },
      }));
      return planFiles({ ...input, artifacts }).problems.map(({ severity, code }) => `${severity} ${code}`);
    };
    expect(inputWithPom(OLD)).toEqual(['warning bad-pom']);
    expect(inputWithPom(NEW)).toEqual(['error bad-pom']);
  });

  test('names the files that an upstream site serves', () => {
    const upstream = [{ name: 'Fiji', location: 'x', index: LIBRARY }];
    const same = planFiles(request(EMPTY_INDEX, [{ path: 'jars/lib-1.0.jar', checksum: OLD }], { upstream }));
    expect(same).toMatchObject({ changes: [], unchanged: 0, problems: [] });
    expect(same.skipped).toEqual([{ path: 'jars/lib-1.0.jar', site: 'Fiji' }]);
    const other = [{ path: 'jars/lib-2.0.jar' }];
    const refused = planFiles(request(EMPTY_INDEX, other, { upstream }));
    expect(refused).toMatchObject({ changes: [], skipped: [], problems: [{ code: 'shadows-upstream' }] });
    const skipped = planFiles(request(EMPTY_INDEX, other, { upstream, onShadow: 'skip' }));
    expect(skipped).toMatchObject({
      skipped: [{ site: 'Fiji' }],
      problems: [{ code: 'shadow-major-version' }],
    });
    const forced = planFiles(request(EMPTY_INDEX, other, { upstream, onShadow: 'force' }));
    expect(forced.changes).toMatchObject([{ kind: 'add', inherits: [LIBRARY.records[0]] }]);
  });

  test('may remove most of a site only if the user allows it', () => {
    const records = Array.from(
      { length: 10 },
      (_, at) =>
        `<plugin filename="macros/${at}.ijm"><version checksum="${OLD}" timestamp="1" filesize="1"/></plugin>`,
    );
    const site = indexOf(records.join(''));
    const codes = (more: Partial<PlanInput>) =>
      planFiles(
        request(site, [{ path: 'macros/0.ijm', checksum: OLD }], { completeSite: true, ...more }),
      ).problems.map(({ code }) => code);
    expect(codes({})).toEqual(['mass-removal']);
    expect(codes({ allowMassRemoval: true })).toEqual([]);
  });
});

describe('new files', () => {
  test('are added in the order of the folders', () => {
    const paths = [
      'zzz/a.bin',
      'macros/b.ijm',
      'macros/a.ijm',
      'jars/x.jar',
      'plugins/y.jar',
      'Fiji.app/z',
      'README.md',
      'retro/a.jar',
      'luts/a.lut',
    ];
    expect([...paths].sort(compareNewPaths)).toEqual([
      'README.md',
      'Fiji.app/z',
      'jars/x.jar',
      'retro/a.jar',
      'plugins/y.jar',
      'macros/a.ijm',
      'macros/b.ijm',
      'luts/a.lut',
      'zzz/a.bin',
    ]);
    const plan = planFiles(
      request(
        EMPTY_INDEX,
        paths.map((path) => ({ path })),
      ),
    );
    expect(plan.changes.map(({ path }) => path)).toEqual([...paths].sort(compareNewPaths));
  });
});

describe('the destination of a file that was named without one', () => {
  test.each<[File, string, string[]]>([
    [{ file: 'target/My_Tool-1.0.jar', hasPluginsConfig: true }, 'plugins/My_Tool-1.0.jar', []],
    [{ file: 'target/tool-1.0.jar' }, 'jars/tool-1.0.jar', []],
    [{ file: 'target/My_Tool-1.0.jar' }, 'jars/My_Tool-1.0.jar', ['destination-in-doubt']],
    [{ file: 'target/tool.jar', hasPluginsConfig: true }, 'jars/tool.jar', ['destination-in-doubt']],
    [{ file: 'target/lib-1.1.jar' }, 'jars/lib-1.1.jar', []],
    [{ file: 'a/b/Do_it.ijm' }, 'macros/Do_it.ijm', []],
    [{ file: 'count.py' }, 'scripts/count.py', []],
    [{ file: 'fire.lut' }, 'luts/fire.lut', []],
    [{ file: 'C:\\build\\fire.lut' }, 'luts/fire.lut', []],
  ])('for %j is %s', (file, path, codes) => {
    const plan = planFiles(request(LIBRARY, [file]));
    expect(plan.changes.map((change) => change.path)).toEqual([path]);
    expect(plan.problems.map(({ code }) => code)).toEqual(codes);
  });

  test('is where the site has the file, regardless of its name', () => {
    const index = indexOf(
      `<plugin filename="plugins/Sub/odd-1.0.jar"><version checksum="${OLD}" timestamp="1" filesize="1"/></plugin>`,
    );
    expect(planFiles(request(index, [{ file: 'target/odd-1.1.jar' }])).changes).toMatchObject([
      { kind: 'update', path: 'plugins/Sub/odd-1.1.jar', previousPath: 'plugins/Sub/odd-1.0.jar' },
    ]);
  });

  test('is an error if no rule applies', () => {
    expect(planFiles(request(LIBRARY, [{ file: 'data.bin' }])).problems).toMatchObject([
      { severity: 'error', code: 'no-destination', path: 'data.bin' },
    ]);
  });
});

describe('metadata in the POM of a jar', () => {
  const pom = { description: 'From the POM', authors: ['A', 'B', 'A'] };

  test('is recorded for a new file', () => {
    const plan = planFiles(request(EMPTY_INDEX, [{ path: 'jars/new.jar', pom }]));
    const [record] = applyPlan(EMPTY_INDEX, plan).records;
    expect(record?.current).toMatchObject({
      description: { text: 'From the POM' },
      authors: [{ text: 'A' }, { text: 'B' }],
    });
  });

  test('replaces the description and adds authors, but keeps what was written by hand', () => {
    const text = recordAfter([{ path: 'jars/lib-1.1.jar', pom }]);
    expect(text).toContain('<description>From the POM</description>');
    expect(text).toContain('<link>l</link>');
    expect(text).toContain('<author>A</author>\n            <author>B</author>');
    expect(recordAfter([{ path: 'jars/lib-1.1.jar', pom: { authors: ['A'] } }])).toContain(
      '<description>By hand</description>',
    );
  });

  test('does not change an unchanged file', () => {
    expect(planFiles(request(LIBRARY, [{ path: 'jars/lib-1.0.jar', checksum: OLD, pom }])).changes).toEqual(
      [],
    );
  });

  test('decides the destination, unless the site or the user has another one', () => {
    const inFolder = { subdirectory: 'plugins/My Tools/' };
    const pathOf = (index: SiteIndex, file: File) => planFiles(request(index, [file])).changes[0]?.path;
    expect(pathOf(EMPTY_INDEX, { file: 'target/lib-1.1.jar', pom: inFolder })).toBe(
      'plugins/My Tools/lib-1.1.jar',
    );
    expect(pathOf(LIBRARY, { file: 'target/lib-1.1.jar', pom: inFolder })).toBe('jars/lib-1.1.jar');
    expect(pathOf(EMPTY_INDEX, { path: 'jars/lib-1.1.jar', pom: inFolder })).toBe('jars/lib-1.1.jar');
    const evil = planFiles(request(EMPTY_INDEX, [{ file: 'a.jar', pom: { subdirectory: '../..' } }]));
    expect(evil).toMatchObject({ changes: [], problems: [{ severity: 'error', code: 'no-destination' }] });
  });
});

describe('the problems of a publication', () => {
  const codes = (files: File[], more: Partial<PlanInput> = {}) =>
    planFiles(request(LIBRARY, files, more)).problems.map(({ severity, code, path }) => [
      severity,
      code,
      path,
    ]);

  test('include two versions of one file', () => {
    expect(codes([{ path: 'jars/x-1.0.jar' }, { path: 'jars/x-2.0.jar' }])).toEqual([
      ['error', 'several-versions', 'jars/x.jar'],
    ]);
  });

  test('include reserved and hidden paths', () => {
    for (const path of [
      'db.xml.gz',
      'db.xml.gz.old',
      'index.html',
      '.nojekyll',
      'plugins/.x/a.jar',
      'macros/git~1/a.ijm',
    ]) {
      expect(codes([{ path }])).toEqual([['error', 'reserved-path', path]]);
    }
    // Git accepts the name of the stored version.
    for (const path of ['config/index.html', 'config/git~1']) expect(codes([{ path }])).toEqual([]);
  });

  test('include paths that updaters do not pick up', () => {
    for (const path of ['docs/manual.pdf', 'plugins/ReadPlate/index.html', 'Scripts2/a.py']) {
      expect(codes([{ path }])).toEqual([['warning', 'not-picked-up', path]]);
    }
  });

  test('include the removal of an unknown file, an obsolete file, another version or a published file', () => {
    expect(codes([], { remove: ['jars/libb.jar'] })).toEqual([['error', 'unknown-file', 'jars/libb.jar']]);
    expect(codes([], { remove: ['macros/Gone.ijm'] })).toEqual([
      ['warning', 'already-obsolete', 'macros/Gone.ijm'],
    ]);
    expect(codes([], { remove: ['jars/lib-0.9.jar'] })).toEqual([
      ['error', 'unknown-file', 'jars/lib-0.9.jar'],
    ]);
    expect(codes([{ path: 'jars/lib-1.1.jar' }], { remove: ['jars/lib.jar'] })).toEqual([
      ['error', 'remove-and-publish', 'jars/lib.jar'],
    ]);
    const [problem] = planFiles(request(LIBRARY, [], { remove: ['jars/lib-0.9.jar'] })).problems;
    expect(problem?.hint).toBe('Did you mean "jars/lib-1.0.jar"?');
  });
});
