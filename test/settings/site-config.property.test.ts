import path from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { PLATFORMS } from '../../src/formats/imagej/layout.js';
import { parseSitePath } from '../../src/model/site-path.js';
import { parseSiteConfig } from '../../src/settings/site-config.js';
import { PROJECT, readJson } from '../support/fixtures.js';

const parseConfig = (text: string) => parseSiteConfig(text, 'site.yml', PLATFORMS);

const ajv = new Ajv({ allErrors: true });
ajv.addFormat('web-address', (text: string) => /^https?:\/\//i.test(text) && URL.canParse(text));
ajv.addFormat('site-path', (text: string) => 'path' in parseSitePath(text));
const isValid = ajv.compile(readJson(path.join(PROJECT, 'docs/update-site.schema.json')) as object);

test('the schema for editors accepts the same configurations as the program', () => {
  const text = fc.constantFrom(
    'x',
    'jars/a.jar',
    '../a',
    'https://example.org/',
    'linux64',
    'g:a',
    'g:a:1',
    '',
  );
  const value = fc.oneof(
    text,
    fc.boolean(),
    fc.integer(),
    fc.array(text, { maxLength: 2 }),
    fc.constant(null),
  );
  const key = (...names: string[]) => fc.constantFrom(...names, 'other');
  const between = fc.dictionary(key('add', 'remove', 'overrides'), fc.array(text, { maxLength: 2 }));
  const entry = fc.dictionary(
    key(
      'description',
      'authors',
      'links',
      'categories',
      'platforms',
      'executable',
      'replaces',
      'dependencies',
    ),
    fc.oneof(value, between),
  );
  const document = fc.record(
    {
      site: fc.dictionary(key('name', 'url', 'description'), value),
      files: fc.dictionary(
        fc.constantFrom('a.jar', 'b/*', 'c', 'd', ''),
        fc.oneof({ weight: 5, arbitrary: entry }, value),
      ),
    },
    { requiredKeys: [] },
  );
  let valid = 0;
  fc.assert(
    fc.property(document, (config) => {
      const agreed = isValid(config);
      if (agreed) valid++;
      expect(parseConfig(stringify(config)).problems.length === 0).toBe(agreed);
    }),
    { numRuns: 1000 },
  );
  expect(valid).toBeGreaterThan(20);
});
