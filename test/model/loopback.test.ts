import { isLoopback } from '../../src/model/loopback.js';

test.each(['localhost', '[::1]', '127.0.0.1', '127.1.2.3'])('%s is this machine', (hostname) => {
  expect(isLoopback(hostname)).toBe(true);
});

test.each(['localhost.example.org', '127.0.0.1.example.org', '128.0.0.1', '::1', ''])(
  '"%s" is not this machine',
  (hostname) => {
    expect(isLoopback(hostname)).toBe(false);
  },
);
