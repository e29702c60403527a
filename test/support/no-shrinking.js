import fc from 'fast-check';

// Where only whether a test fails is asked, nobody wants to know the smallest example.
fc.configureGlobal({ endOnFailure: true });
