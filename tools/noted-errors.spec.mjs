import { describe, it } from 'node:test';
import { RuleTester } from 'eslint';

import { notedErrors } from './noted-errors.mjs';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;

const dropped = [{ messageId: 'dropped' }];
const retried = [{ messageId: 'retried' }];

new RuleTester({ languageOptions: { ecmaVersion: 2022, sourceType: 'commonjs' } }).run(
  'noted-errors',
  notedErrors,
  {
    valid: [
      "try { open(); } catch (error) { noteError('media', 'open', error); }",
      'try { open(); } catch (error) { if (isBusy(error)) throw error; }',
      'try { open(); } catch ({ name }) { show(name); }',
      'try { open(); } finally { close(); }',
      'try { return JSON.parse(text); } catch { return null; }',
      'try { return new URL(decodeURIComponent(text)); } catch { return null; }',
      "try { return ['http:'].includes(new URL(text).protocol); } catch { return false; }",
      "open().catch(noted('media', 'open'));",
      'open().catch(reject);',
      'open().catch((error) => tell(error));',
      'open().then(use, reject);',
      'open().then(use, (error) => tell(error));',
      "open$.pipe(catchError(noted('media', 'open', EMPTY)));",
      'open$.pipe(catchError((error) => of(reasonOf(error))));',
      'open$.pipe(catchError((error, again$) => (tell(error), again$)));',
      'open$.pipe(retry({ delay: (error) => (tell(error), timer(AGAIN)) }));',
      'open$.pipe(retry({ delay: afterPause }));',
      'open$.subscribe({ error: (error) => tell(error) });',
      'const option = { error: () => false };',
      // Only the first parameter of a method of this name counts.
      'open$.subscribe({ next: () => show() });',
    ],
    invalid: [
      { code: 'try { open(); } catch {}', errors: dropped },
      { code: 'try { open(); } catch (error) { close(); }', errors: dropped },
      { code: 'try { use(JSON.parse(text)); } catch {}', errors: dropped },
      { code: 'try { return names.includes(name); } catch {}', errors: dropped },
      { code: 'async () => { try { return JSON.parse(await read()); } catch {} };', errors: dropped },
      { code: 'try { shown = true; } catch {}', errors: dropped },
      { code: 'try { open(); } catch (error) { retry2((error) => error); }', errors: dropped },
      { code: 'open().catch(() => undefined);', errors: dropped },
      { code: 'open().catch((error) => null);', errors: dropped },
      { code: 'open().catch(function () {});', errors: dropped },
      { code: 'open().then(use, () => undefined);', errors: dropped },
      { code: 'open$.pipe(catchError(() => EMPTY));', errors: dropped },
      { code: 'open$.pipe(catchError((error, again$) => again$));', errors: dropped },
      { code: 'open$.subscribe({ error: () => close() });', errors: dropped },
      { code: 'open$.pipe(retry());', errors: retried },
      { code: 'open$.pipe(retry(3));', errors: retried },
      { code: 'open$.pipe(retry({ delay: 500 }));', errors: retried },
      { code: 'open$.pipe(retry({ delay: AGAIN }));', errors: retried },
      { code: 'open$.pipe(retry({ count: 3 }));', errors: retried },
      { code: 'open$.pipe(retry({ delay: () => timer(AGAIN) }));', errors: retried },
    ],
  },
);
