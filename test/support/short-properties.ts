import fc from 'fast-check';

// A property is tried for a moment only: `npm test` tries it as often as it says.
fc.configureGlobal({ interruptAfterTimeLimit: 300, markInterruptAsFailure: false });
