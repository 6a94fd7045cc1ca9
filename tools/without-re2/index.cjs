/**
 * Replaces re2js, 150 kB of regular expressions that Firestore's SDK needs for pipeline queries on its local cache.
 * Parley makes no such queries. See docs/decisions.
 */
exports.RE2JS = {
  compile() {
    throw new Error('Parley is built without pipeline queries (RE2).');
  },
};
