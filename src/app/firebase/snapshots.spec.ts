import { confirmedNews } from './snapshots';

describe('confirmedNews', () => {
  it('tells of the first that is confirmed, empty or not; an empty one is billed as one read', () => {
    const empty = confirmedNews();
    expect(empty(true, [])).toBeNull();
    expect(empty(false, [])).toBe(1);
    expect(confirmedNews()(false, ['added', 'added'])).toBe(2);
  });

  it('tells of changes, and not of snapshots that change nothing', () => {
    const news = confirmedNews();
    news(false, []);
    expect(news(false, ['added'])).toBe(1);
    expect(news(false, [])).toBeNull();
    expect(news(false, ['removed'])).toBe(0);
    expect(news(false, ['modified', 'removed', 'added'])).toBe(2);
  });

  it('loses no change that came before it was confirmed', () => {
    const news = confirmedNews();
    news(false, []);
    expect(news(true, ['added'])).toBeNull();
    expect(news(true, [])).toBeNull();
    expect(news(false, [])).toBe(1);
    expect(news(false, [])).toBeNull();
    expect(news(true, ['removed'])).toBeNull();
    expect(news(false, ['added'])).toBe(1);
  });

  it('counts what was delivered before the first that is confirmed', () => {
    const news = confirmedNews();
    expect(news(true, ['added', 'added'])).toBeNull();
    expect(news(false, [])).toBe(2);
  });
});
