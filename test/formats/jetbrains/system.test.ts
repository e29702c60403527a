import {
  ALL_SYSTEMS,
  commonVersion,
  compactSystemNames,
  includesSystems,
  NO_SYSTEM,
  systemClasses,
  systemNames,
  systemsNeeded,
  systemsOf,
  usualSystemsIn,
  type Systems,
} from '../../../src/formats/jetbrains/system.js';

const os = (name: string) => `com.intellij.modules.os.${name}`;
const arch = (name: string) => `com.intellij.modules.arch.${name}`;
const pair = (osName: string, archName: string) => systemsNeeded([os(osName), arch(archName)]);
const count = (systems: Systems) => systems.toString(2).replaceAll('0', '').length;

test.each<[string[], number, string[]]>([
  [[], 25, []],
  [['com.intellij.modules.platform'], 25, []],
  [[os('windows')], 5, ['windows-x86_64', 'windows-arm64']],
  [[os('mac')], 5, ['mac-x86_64', 'mac-arm64']],
  [[os('linux')], 5, ['linux-x86_64', 'linux-arm64']],
  [[os('freebsd')], 5, ['other systems']],
  [[os('unix')], 20, ['mac-x86_64', 'mac-arm64', 'linux-x86_64', 'linux-arm64']],
  [[os('xwindow')], 15, ['linux-x86_64', 'linux-arm64']],
  [[os('unknown')], 0, ['other systems']],
  [[os('solaris')], 25, []],
  [[`x.${os('linux')}`], 25, []],
  [[arch('x86_64')], 5, ['windows-x86_64', 'mac-x86_64', 'linux-x86_64']],
  [[arch('arm64')], 5, ['windows-arm64', 'mac-arm64', 'linux-arm64']],
  [[arch('x86')], 5, ['other systems']],
  [[arch('arm32')], 5, ['other systems']],
  [[arch('unknown')], 0, ['other systems']],
  [[arch('riscv')], 25, []],
  [[os('linux'), arch('arm64')], 1, ['linux-arm64']],
  [[os('linux'), os('mac')], 0, ['other systems']],
  [[os('unix'), os('xwindow'), arch('x86_64')], 3, ['linux-x86_64']],
])('the modules %j are on %d systems, which are called %j', (depends, number, names) => {
  expect(count(systemsNeeded(depends))).toBe(number);
  expect(systemNames(systemsNeeded(depends))).toEqual(names);
});

test.each<[string, Systems]>([
  ['1.0', ALL_SYSTEMS],
  ['1.0-linux', ALL_SYSTEMS],
  ['1.0-linux-x86_64', pair('linux', 'x86_64')],
  ['1.0-windows-amd64', pair('windows', 'x86_64')],
  ['1.0-mac-aarch64', pair('mac', 'arm64')],
  ['1.0-macOS-arm64', pair('mac', 'arm64')],
  ['1.0-freebsd14-i386', pair('freebsd', 'x86')],
  ['1.0-linux-x86', pair('linux', 'x86')],
  ['1.0-linux-riscv', systemsNeeded([os('linux')])],
  ['1.0-other-arm64', systemsNeeded([arch('arm64')])],
  ['1.0-beta-x86_64', systemsNeeded([arch('x86_64')])],
  ['1.0-beta-2', ALL_SYSTEMS],
  ['1.0-rc-linux-arm64', ALL_SYSTEMS],
])('the version %s of a plugin without dependencies names its systems', (version, systems) => {
  expect(systemsOf([], version)).toBe(systems);
  expect(systemsOf(['com.intellij.modules.platform'], version)).toBe(ALL_SYSTEMS);
  expect(systemsOf([os('mac')], version)).toBe(systemsNeeded([os('mac')]));
});

test.each<[string, Systems, string[]]>([
  ['one operating system', systemsNeeded([os('windows')]), ['windows']],
  ['usual processors', pair('linux', 'x86_64') | pair('linux', 'arm64'), ['linux']],
  ['one processor', pair('linux', 'x86_64'), ['linux-x86_64']],
  ['all', ALL_SYSTEMS, ['windows', 'mac', 'linux', 'other systems']],
  ['an operating system that is not usual', systemsNeeded([os('freebsd')]), ['other systems']],
  [
    'a processor that is not usual',
    pair('mac', 'arm64') | pair('linux', 'x86'),
    ['mac-arm64', 'other systems'],
  ],
  ['none', NO_SYSTEM, []],
])('the short names of systems are as expected for %s', (_, systems, names) => {
  expect(compactSystemNames(systems)).toEqual(names);
});

test('a set includes another if it has all of its systems', () => {
  const [linux, one] = [systemsNeeded([os('linux')]), pair('linux', 'arm64')];
  expect(includesSystems(linux, one)).toBe(true);
  expect(includesSystems(one, linux)).toBe(false);
  expect(includesSystems(one, NO_SYSTEM)).toBe(true);
  expect(includesSystems(NO_SYSTEM, one)).toBe(false);
  expect(usualSystemsIn(NO_SYSTEM)).toEqual([]);
});

test('sets of systems divide all systems into few classes', () => {
  const [linux, arm] = [systemsNeeded([os('linux')]), systemsNeeded([arch('arm64')])];
  expect(systemClasses([])).toEqual([ALL_SYSTEMS]);
  expect(systemClasses([ALL_SYSTEMS, NO_SYSTEM])).toEqual([ALL_SYSTEMS]);
  expect(systemClasses([linux, linux]).map(count)).toEqual([5, 20]);
  expect(systemClasses([linux, arm]).map(count)).toEqual([1, 4, 4, 16]);
});

test.each([
  ['1.0.0-linux-x86_64', '1.0.0'],
  ['1.0.0-macos-aarch64', '1.0.0'],
  ['1.0.0-windows-arm64', '1.0.0'],
  ['1.0.0-freebsd14-x86', '1.0.0'],
  ['1.0.0-beta-linux-x86_64', '1.0.0-beta'],
  ['1.0.0-linux-x86_64.1', '1.0.0-linux-x86_64.1'],
  ['1.0.0-linux', '1.0.0-linux'],
  ['1.0.0-other-x86_64', '1.0.0-other-x86_64'],
  ['1.0.0', '1.0.0'],
])('the version %s is a variant of %s', (version, common) => {
  expect(commonVersion(version)).toBe(common);
});
