import { startAction } from './start.js';

await startAction('rollback');
