import { nativeName } from '../../../../src/formats/imagej/placement/native.js';

describe('the platform in the name of a native file', () => {
  it.each([
    ['tool-1.0-natives-linux-amd64.jar', 'linux64'],
    ['tool-natives-linux-x86_64.jar', 'linux64'],
    ['tool-natives-linux-x86-64.jar', 'linux64'],
    ['tool-native-linux-i586.jar', 'linux32'],
    ['tool-linux-x86.jar', 'linux32'],
    ['tool-linux-x86_32.jar', 'linux32'],
    ['tool-linux-aarch64.jar', 'linux-arm64'],
    ['tool-natives-linux.jar', 'linuxx'],
    ['tool-natives-macosx-universal.jar', 'macosx'],
    ['tool-natives-macos-arm64.jar', 'macos-arm64'],
    ['tool-natives-macosx-amd64.jar', 'macos64'],
    ['tool-natives-macosx.jar', 'macosx'],
    ['tool-natives-windows-amd64.jar', 'win64'],
    ['tool-natives-windows-i386.jar', 'win32'],
    ['tool-natives-windows-arm64.jar', 'win-arm64'],
    ['tool-natives-windows.jar', 'winx'],
    ['tool-natives-macosx-x86.jar', undefined],
    ['tool-natives-linux-armv6.jar', undefined],
    ['tool-natives-android-arm64.jar', undefined],
    ['tool-natives-solaris-amd64.jar', undefined],
    ['libtool.so', undefined],
    ['tool.dll', undefined],
    ['libtool.dylib', undefined],
    ['libtool.jnilib', undefined],
    ['tool.exe', undefined],
  ])('%s is %s', (fileName, platform) => {
    expect(nativeName(fileName)).toEqual({ platform });
  });

  it.each([
    'tool.jar',
    'tool-1.0.jar',
    'tool-linux-amd64.txt',
    'linux.jar',
    'toolso',
    'tool.so.1',
    'a-linux-ppc.jar',
  ])('is not in %s', (fileName) => {
    expect(nativeName(fileName)).toBeUndefined();
  });
});
