import fc from 'fast-check';

// A property is tried for a moment only: `npm test` tries it as often as it says.
/* eslint-disable-next-line @typescript-eslint/no-deprecated -- the plugin that replaces both cannot be set for all
   properties at once (fast-check 4.10) */
fc.configureGlobal({ interruptAfterTimeLimit: 300, markInterruptAsFailure: false });
