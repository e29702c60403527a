import { readmeName } from '../../../src/app/export/readme-name.js';

test.each([
  ['https://sites.imagej.net/MyLab/', 'README-MyLab.txt'],
  ['https://lab.github.io/', 'README-lab.github.io.txt'],
  ['https://lab.github.io/a/My%20%C3%BC%20Tools/', 'README-My-Tools.txt'],
  ['https://lab.github.io/../%2e%2e/', 'README-lab.github.io.txt'],
  ['https://lab.github.io/%3A%3A/', 'README-update-site.txt'],
  [`https://lab.github.io/${'x'.repeat(99)}/`, `README-${'x'.repeat(60)}.txt`],
  [undefined, 'README-update-site.txt'],
])('the text of %s is %s', (url, expected) => {
  expect(readmeName(url, ['README.md', 'jars/a.jar'])).toBe(expected);
});

test('the text never replaces a file of the site', () => {
  const taken = ['readme-mylab.TXT', 'README-MyLab-2.txt'];
  expect(readmeName('https://sites.imagej.net/MyLab/', taken)).toBe('README-MyLab-3.txt');
});
