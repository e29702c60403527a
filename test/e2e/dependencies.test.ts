import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { makeFolder, writeFiles } from '../support/folders.js';
import { install, makeJar, pomEntry, type PomSpec } from '../support/maven.js';
import { runCli, type Ran } from '../support/program.js';

const T = '20260102030405';

// Jars that Fiji serves.
const IJ: PomSpec = { id: 'net.imagej:ij:1.54' };
const IJ_JAR = makeJar([{ name: 'ij/ImagePlus' }, { name: 'ij/plugin/PlugIn' }]);
const IMGLIB: PomSpec = { id: 'net.imglib2:imglib2:6.0', dependencies: ['org.core:core:2.0'] };
const IMGLIB_JAR = makeJar([{ name: 'net/imglib2/Img', references: ['org/core/Core'] }], pomEntry(IMGLIB));
const CORE: PomSpec = { id: 'org.core:core:2.0' };
const CORE_JAR = makeJar([{ name: 'org/core/Core' }], pomEntry(CORE));

// Jars that no site serves: one that the plugin needs, and one that this jar needs.
const NEEDED: PomSpec = {
  id: 'org.acme:needed:1.0',
  dependencies: ['org.acme:further:3.1', 'net.imglib2:imglib2:6.0'],
};
const NEEDED_JAR = makeJar(
  [{ name: 'org/acme/Needed', references: ['org/acme/further/Further', 'net/imglib2/Img'] }],
  pomEntry(NEEDED),
);
const FURTHER: PomSpec = { id: 'org.acme:further:3.1' };
const FURTHER_JAR = makeJar([{ name: 'org/acme/further/Further' }], pomEntry(FURTHER));

const PLUGIN: PomSpec = {
  id: 'org.example:My_Plugin:1.0',
  dependencies: [
    'net.imagej:ij:1.54',
    'net.imglib2:imglib2:6.0',
    'org.core:core:2.0',
    'junit:junit:4.13:test',
  ],
};
const pluginJar = (spec: PomSpec, references: readonly string[] = []) =>
  makeJar(
    [
      {
        name: 'org/example/My_Plugin',
        references: ['ij/plugin/PlugIn', 'net/imglib2/Img', 'java/util/List', ...references],
      },
    ],
    { 'plugins.config': 'Plugins>My, "Mine", org.example.My_Plugin\n', ...pomEntry(spec) },
  );

/** Creates a build of the plugin, Fiji's site as a file, and the local Maven repository of the build. */
function makeBuild(plugin = PLUGIN, references: readonly string[] = []): string {
  const cwd = makeFolder();
  writeFiles(cwd, { 'target/My_Plugin-1.0.jar': pluginJar(plugin, references) });
  const fiji = {
    'jars/ij-1.54.jar': IJ_JAR,
    'jars/imglib2-6.0.jar': IMGLIB_JAR,
    'jars/core-2.0.jar': CORE_JAR,
  };
  writeFiles(path.join(cwd, 'Fiji.app'), fiji);
  const published = runCli(
    ['publish', '--app-dir', 'Fiji.app', '--site-dir', 'fiji', '--timestamp', '20250101000000'],
    { cwd },
  );
  expect(published).toMatchObject({ code: 0 });
  const repository = path.join(cwd, 'm2');
  mkdirSync(repository);
  install(repository, IJ, IJ_JAR);
  install(repository, IMGLIB, IMGLIB_JAR);
  install(repository, CORE, CORE_JAR);
  return cwd;
}

function publish(cwd: string, args: readonly string[], site = 'site'): Ran {
  const usual = ['--upstream', 'Fiji=fiji/db.xml.gz', '--maven-repository', 'm2', '--timestamp', T, '--json'];
  return runCli(['publish', '--site-dir', site, ...usual, ...args], { cwd });
}

/** Returns the dependencies of each file of the site, with their timestamps. */
function dependenciesIn(cwd: string, site = 'site'): Record<string, string[]> {
  const xml = gunzipSync(readFileSync(path.join(cwd, site, 'db.xml.gz'))).toString('utf8');
  return Object.fromEntries(
    [...xml.matchAll(/<plugin filename="([^"]*)"[\s\S]*?<\/plugin>/g)].map(([record, filename = '']) => [
      filename,
      [...record.matchAll(/<dependency filename="([^"]*)" timestamp="(\d+)"/g)].map(
        ([, name = '', stamp = '']) => `${name} ${stamp}`,
      ),
    ]),
  );
}

function problemsOf(
  ran: Ran,
): { severity: string; code: string; path: string; message: string; hint: string }[] {
  return (JSON.parse(ran.stdout) as { problems: ReturnType<typeof problemsOf> }).problems;
}

test('a workflow with only Maven finds the same dependencies as one with a complete Fiji', () => {
  const cwd = makeBuild();
  expect(publish(cwd, [])).toMatchObject({ code: 0 });

  writeFiles(path.join(cwd, 'Fiji.app'), { 'plugins/My_Plugin-1.0.jar': pluginJar(PLUGIN) });
  const whole = publish(cwd, ['--app-dir', 'Fiji.app', '--maven-repository', 'no such folder'], 'whole');
  expect(whole).toMatchObject({ code: 0 });

  // Declared, but not needed by the code: the core library is not a dependency.
  const expected = {
    'plugins/My_Plugin-1.0.jar': ['jars/ij.jar 20250101000000', 'jars/imglib2.jar 20250101000000'],
  };
  expect(dependenciesIn(cwd)).toEqual(expected);
  expect(dependenciesIn(cwd, 'whole')).toEqual(expected);
});

describe('a dependency that no site serves', () => {
  const plugin = { ...PLUGIN, dependencies: [...(PLUGIN.dependencies ?? []), 'org.acme:needed:1.0'] };
  const build = () => {
    const cwd = makeBuild(plugin, ['org/acme/Needed']);
    install(path.join(cwd, 'm2'), NEEDED, NEEDED_JAR);
    install(path.join(cwd, 'm2'), FURTHER, FURTHER_JAR);
    return cwd;
  };

  test('is an error with the option to set, also for its own dependencies', () => {
    const cwd = build();
    const ran = publish(cwd, []);
    expect(ran.code).toBe(1);
    const problems = problemsOf(ran);
    expect(problems.map(({ severity, code, path: where }) => [severity, code, where])).toEqual([
      ['error', 'missing-dependency', 'plugins/My_Plugin-1.0.jar'],
      ['error', 'missing-dependency', 'needed-1.0.jar'],
    ]);
    expect(problems[0]?.message).toContain(
      'needs needed-1.0.jar (org.acme:needed:1.0) for the class org.acme.Needed',
    );
    // The option from the hints mends both.
    expect(new Set(problems.map(({ hint }) => hint))).toEqual(
      new Set([
        'Set "with-dependencies: true" (--with-dependencies) to publish it, with all other jars that are missing.',
      ]),
    );
    expect(publish(cwd, ['--with-dependencies'])).toMatchObject({ code: 0 });
    expect(Object.keys(dependenciesIn(cwd))).toHaveLength(3);
  });

  test('is also published on request, with those of its dependencies that upstream does not serve', () => {
    const cwd = build();
    const ran = publish(cwd, ['--with-dependencies']);
    expect(ran).toMatchObject({ code: 0 });
    expect(problemsOf(ran)).toEqual([]);
    expect(dependenciesIn(cwd)).toEqual({
      'jars/further-3.1.jar': [],
      'jars/needed-1.0.jar': [`jars/further.jar ${T}`, 'jars/imglib2.jar 20250101000000'],
      'plugins/My_Plugin-1.0.jar': [
        'jars/ij.jar 20250101000000',
        'jars/imglib2.jar 20250101000000',
        `jars/needed.jar ${T}`,
      ],
    });
    // The second run changes nothing.
    expect(JSON.parse(publish(cwd, ['--with-dependencies']).stdout)).toMatchObject({ changed: false });
  });

  test('is also published with its own dependencies if its jar does not contain a POM', () => {
    const cwd = makeBuild(plugin, ['org/acme/Needed']);
    install(
      path.join(cwd, 'm2'),
      NEEDED,
      makeJar([{ name: 'org/acme/Needed', references: ['net/imglib2/Img'] }]),
    );
    install(path.join(cwd, 'm2'), FURTHER, FURTHER_JAR);
    expect(publish(cwd, ['--with-dependencies'])).toMatchObject({ code: 0 });
    expect(dependenciesIn(cwd)['jars/needed-1.0.jar']).toEqual(['jars/imglib2.jar 20250101000000']);
  });

  test('is also published with an application folder, without the dependencies of its other jars', () => {
    const cwd = build();
    writeFiles(path.join(cwd, 'Fiji.app'), {
      'plugins/My_Plugin-1.0.jar': pluginJar(plugin, ['org/acme/Needed']),
    });
    const ran = publish(cwd, ['--app-dir', 'Fiji.app', '--with-dependencies']);
    expect(ran).toMatchObject({ code: 0 });
    expect(problemsOf(ran)).toEqual([]);
    expect(Object.keys(dependenciesIn(cwd)).sort()).toEqual([
      'jars/further-3.1.jar',
      'jars/needed-1.0.jar',
      'plugins/My_Plugin-1.0.jar',
    ]);
  });

  test('is not published if the Maven repository lacks it', () => {
    const cwd = makeBuild(plugin, ['org/acme/Needed']);
    const ran = publish(cwd, ['--with-dependencies']);
    expect(ran.code).toBe(1);
    expect(problemsOf(ran).map(({ code }) => code)).toEqual([
      'unresolved-dependency',
      'unresolved-dependency',
    ]);
  });

  test('is found by its name if the jar is not available', () => {
    const ran = publish(makeBuild(plugin, ['org/acme/Needed']), []);
    expect(ran.code).toBe(1);
    expect(problemsOf(ran)).toMatchObject([
      { code: 'missing-dependency', path: 'plugins/My_Plugin-1.0.jar' },
    ]);
    expect(ran.stderr).toContain('The local Maven repository lacks it');
  });

  test('is only a warning if the configuration names another provider', () => {
    const provided = {
      ...PLUGIN,
      dependencies: [...(PLUGIN.dependencies ?? []), 'org.acme:needed:1.0:provided'],
    };
    const cwd = makeBuild(provided, ['org/acme/Needed']);
    install(path.join(cwd, 'm2'), NEEDED, NEEDED_JAR);
    const ran = publish(cwd, []);
    expect(ran).toMatchObject({ code: 0 });
    expect(problemsOf(ran)).toMatchObject([{ severity: 'warning', code: 'missing-dependency' }]);
  });
});

describe('without the jars themselves', () => {
  test('the dependencies are those that the POM declares, by the names of served files', () => {
    const cwd = makeBuild();
    expect(publish(cwd, ['--maven-repository', 'no such folder'])).toMatchObject({ code: 0 });
    expect(dependenciesIn(cwd)).toEqual({
      'plugins/My_Plugin-1.0.jar': [
        'jars/core.jar 20250101000000',
        'jars/ij.jar 20250101000000',
        'jars/imglib2.jar 20250101000000',
      ],
    });
  });

  test('a jar without a POM depends on the jars of the Maven repository that correspond to served files', () => {
    const cwd = makeBuild();
    const jar = makeJar([{ name: 'x/Plain', references: ['net/imglib2/Img', 'com/elsewhere/Thing'] }]);
    writeFiles(cwd, { 'plain-1.0.jar': jar });
    install(path.join(cwd, 'm2'), { id: 'net.imglib2:imglib2:5.9' }, makeJar([{ name: 'net/imglib2/Old' }]));
    const ran = publish(cwd, ['--files', 'plain-1.0.jar']);
    expect(ran).toMatchObject({ code: 0 });
    expect(dependenciesIn(cwd)).toEqual({ 'jars/plain-1.0.jar': ['jars/imglib2.jar 20250101000000'] });
    expect(ran.stderr).toContain(
      'uses classes that were not found in any jar, com.elsewhere.Thing. No dependency',
    );
    expect(ran.stderr).not.toContain('found by its name');
  });

  test('a jar with other content represents a served file by its name, and that is reported', () => {
    const cwd = makeBuild();
    install(path.join(cwd, 'm2'), IMGLIB, makeJar([{ name: 'net/imglib2/Img' }]));
    const ran = publish(cwd, []);
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stderr).toMatch(
      /jars\/imglib2\.jar was found by its name only: .*imglib2-6\.0\.jar differs from the imglib2-6\.0\.jar that Fiji serves/,
    );
  });
});

test('dependencies by POM are those that it declares, and "none" keeps those that are recorded', () => {
  const cwd = makeBuild();
  expect(publish(cwd, ['--dependencies', 'pom'])).toMatchObject({ code: 0 });
  const declared = [
    'jars/core.jar 20250101000000',
    'jars/ij.jar 20250101000000',
    'jars/imglib2.jar 20250101000000',
  ];
  expect(dependenciesIn(cwd)).toEqual({ 'plugins/My_Plugin-1.0.jar': declared });
  writeFileSync(path.join(cwd, 'target/My_Plugin-1.0.jar'), pluginJar(PLUGIN, ['ij/ImagePlus']));
  expect(publish(cwd, ['--dependencies', 'none', '--upstream', 'Other=empty.xml']).code).toBe(1);
  expect(publish(cwd, ['--dependencies', 'none'])).toMatchObject({ code: 0 });
  expect(dependenciesIn(cwd)).toEqual({ 'plugins/My_Plugin-1.0.jar': declared });
});

test('a recorded dependency that is no longer available is dropped with a warning', () => {
  const cwd = makeBuild();
  publish(cwd, []);
  writeFiles(cwd, { 'empty.xml': '<pluginRecords/>' });
  writeFileSync(path.join(cwd, 'target/My_Plugin-1.0.jar'), makeJar([{ name: 'org/example/My_Plugin' }]));
  const args = [
    'publish',
    '--site-dir',
    'site',
    '--upstream',
    'Empty=empty.xml',
    '--maven-repository',
    'm2',
    '--json',
  ];
  const ran = runCli(args, { cwd });
  expect(ran).toMatchObject({ code: 0 });
  expect(problemsOf(ran).map(({ code }) => code)).toEqual(['dropped-dependency', 'dropped-dependency']);
  expect(dependenciesIn(cwd)).toEqual({ 'plugins/My_Plugin-1.0.jar': [] });
});
