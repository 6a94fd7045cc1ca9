import { markTitle } from './title-mark';

describe('markTitle', () => {
  const before = document.title;
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

  beforeEach(() => (document.title = 'Settings · Parley'));
  afterEach(() => (document.title = before));

  it('marks the title and removes the mark again', () => {
    const end = markTitle(document, '🔔 Ada  rings\n');
    expect(document.title).toBe('🔔 Ada rings · Settings · Parley');
    end();
    expect(document.title).toBe('Settings · Parley');
  });

  it('stays before a title that is set later, which remains in the end', async () => {
    const end = markTitle(document, '🔔  Ada');
    document.title = 'Call · Parley';
    await turn();
    expect(document.title).toBe('🔔 Ada · Call · Parley');
    document.head.append(document.createComment('something else'));
    await turn();
    expect(document.title).toBe('🔔 Ada · Call · Parley');
    document.title = 'Home · Parley';
    end();
    expect(document.title).toBe('Home · Parley');
    await turn();
    expect(document.title).toBe('Home · Parley');
  });

  it('works beside another mark', async () => {
    const ends = [markTitle(document, 'Ada'), markTitle(document, 'Bo')];
    await turn();
    expect(document.title).toBe('Bo · Ada · Settings · Parley');
    ends[0]?.();
    await turn();
    expect(document.title).toBe('Bo · Settings · Parley');
    ends[1]?.();
    expect(document.title).toBe('Settings · Parley');
  });
});
