type Method = (this: unknown[], ...parameters: unknown[]) => unknown;

/** Array methods that visit elements. */
const WALKS = [
  'concat',
  'every',
  'filter',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'flatMap',
  'forEach',
  'includes',
  'indexOf',
  'join',
  'map',
  'reduce',
  'reverse',
  'slice',
  'some',
  'splice',
] as const;

/**
 * Counts the array elements that a piece of work visits: by methods of arrays, loops and spreading. Unlike seconds, the
 * count is the same on every machine. A search that ends early counts the visited elements only.
 */
export function countSteps(work: () => void): number {
  const prototype = Array.prototype as unknown as Record<string | symbol, Method>;
  const originals = new Map<string | symbol, Method>();
  let steps = 0;
  const replace = (name: string | symbol, make: (original: Method) => Method) => {
    const original = prototype[name] as Method;
    originals.set(name, original);
    Object.defineProperty(prototype, name, { value: make(original), configurable: true, writable: true });
  };
  for (const name of WALKS) {
    replace(
      name,
      (original) =>
        function (this: unknown[], ...parameters: unknown[]) {
          const [callback, ...rest] = parameters;
          if (typeof callback !== 'function') {
            steps += this.length;
            return original.apply(this, parameters);
          }
          const counted = (...values: unknown[]): unknown => {
            steps++;
            return (callback as (...given: unknown[]) => unknown)(...values);
          };
          return original.apply(this, [counted, ...rest]);
        },
    );
  }
  replace(
    Symbol.iterator,
    (original) =>
      function (this: unknown[]) {
        const iterator = original.call(this) as ArrayIterator<unknown>;
        const wrapped = {
          next: () => {
            steps++;
            return iterator.next();
          },
          [Symbol.iterator]: () => wrapped,
        };
        return wrapped;
      },
  );
  try {
    work();
  } finally {
    for (const [name, original] of originals)
      Object.defineProperty(prototype, name, { value: original, configurable: true, writable: true });
  }
  return steps;
}
