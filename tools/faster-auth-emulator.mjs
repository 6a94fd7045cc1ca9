// Loaded into firebase-tools before its own code. To start, the Auth emulator validates the schema of each parameter of
// the API it emulates, some hundred, and for each compiles JSON Schema's meta-schema afresh: ten seconds of work that can
// only find mistakes in the emulator itself. Requests are still validated. Where the parts are not found as they were,
// nothing changes but the time.
import { createRequire } from 'node:module';

import { installed } from './project.mjs';

try {
  const exegesis = createRequire(installed('firebase-tools/package.json')).resolve('exegesis');
  const { default: Ajv } = createRequire(exegesis)('ajv');
  Ajv.prototype.validateSchema = () => true;
} catch {
  // As above.
}
