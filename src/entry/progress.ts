import type { Progress, ProgressUnit } from '../app/ports/log.js';
import { count, describeBytes } from '../model/humanize.js';

const BAR_WIDTH = 24;
/** Minimum times between two updates of a bar, and between two lines of a log, in milliseconds. */
const BAR_INTERVAL_MS = 80;
const LINE_INTERVAL_MS = 5000;

/** Creates a bar that is redrawn in place, and removed when the work is done. */
export function createTerminalProgress(stream: NodeJS.WriteStream): Progress {
  return {
    start(label, total, unit) {
      let done = 0;
      let drawnAt = Date.now();
      const clear = () => stream.write('\r\u001b[K');
      return {
        advance(amount) {
          done += amount;
          if (Date.now() - drawnAt < BAR_INTERVAL_MS) return;
          drawnAt = Date.now();
          const filled = Math.round((Math.min(done, total) / Math.max(total, 1)) * BAR_WIDTH);
          const bar = '█'.repeat(filled).padEnd(BAR_WIDTH, '░');
          stream.write(`\r\u001b[K${label} ${bar} ${amountOf(done, unit)} of ${amountOf(total, unit)}`);
        },
        done() {
          clear();
        },
      };
    },
  };
}

/** Creates a progress that writes a line from time to time, for logs. */
export function createLogProgress(write: (line: string) => void): Progress {
  return {
    start(label, total, unit) {
      let done = 0;
      let writtenAt = Date.now();
      return {
        advance(amount) {
          done += amount;
          if (Date.now() - writtenAt < LINE_INTERVAL_MS) return;
          writtenAt = Date.now();
          write(
            `${label}: ${amountOf(done, unit)} of ${amountOf(total, unit)} (${Math.round((100 * done) / Math.max(total, 1))} %)`,
          );
        },
        done: () => undefined,
      };
    },
  };
}

function amountOf(amount: number, unit: ProgressUnit = 'bytes'): string {
  return unit === 'bytes' ? describeBytes(amount) : count(amount, unit === 'files' ? 'file' : 'state');
}
