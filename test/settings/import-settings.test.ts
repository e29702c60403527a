import { resolveImport } from '../../src/settings/import-settings.js';

const FROM = 'git+https://old.org/site#gh-pages';
const TO = { remote: 'https://new.org/site' };
const context = {
  nameOf: (name: string) => `--${name}`,
  defaultRemote: undefined,
  faults: [],
  loginFor: (origin: string | undefined) => ({ token: origin }),
};

test('each site has the login for its own server', () => {
  expect(resolveImport(TO, [FROM], context)).toMatchObject({
    login: { token: 'https://new.org' },
    loginForSource: { token: 'https://old.org' },
  });
});

test('the login for the old site may depend on the server of the new one', () => {
  const asked: unknown[] = [];
  const loginForSource = (...origins: readonly unknown[]) => {
    asked.push(origins);
    return { token: undefined };
  };
  const { loginForSource: login } = resolveImport(TO, [FROM], { ...context, loginForSource });
  expect(login).toEqual({ token: undefined });
  expect(asked).toEqual([['https://old.org', 'https://new.org']]);
});
