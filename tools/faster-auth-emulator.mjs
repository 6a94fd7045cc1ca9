// Preloaded into firebase-tools. When the Auth emulator starts, it validates the schema of each of the hundred-odd
// parameters of its API, and compiles JSON Schema's meta-schema again for each. This takes ten seconds and can only
// find mistakes in the emulator itself. Requests are still validated. If firebase-tools changes and these parts are not
// found, only the start gets slower.
import { createRequire } from 'node:module';

import { installed } from './project.mjs';

try {
  const exegesis = createRequire(installed('firebase-tools/package.json')).resolve('exegesis');
  const { default: Ajv } = createRequire(exegesis)('ajv');
  Ajv.prototype.validateSchema = () => true;
} catch {
  // See above: only the start gets slower.
}
