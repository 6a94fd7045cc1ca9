import { confirmedNews } from './snapshots';

describe('confirmedNews', () => {
  it('reports the first confirmed snapshot, empty or not; an empty one is billed as one read', () => {
    const empty = confirmedNews();
    expect(empty(true, [])).toBeNull();
    expect(empty(false, [])).toBe(1);
    expect(confirmedNews()(false, ['added', 'added'])).toBe(2);
  });

  it('reports changes, and no snapshots without changes', () => {
    const news = confirmedNews();
    news(false, []);
    expect(news(false, ['added'])).toBe(1);
    expect(news(false, [])).toBeNull();
    expect(news(false, ['removed'])).toBe(0);
    expect(news(false, ['modified', 'removed', 'added'])).toBe(2);
  });

  it('loses no change that arrived before it was confirmed', () => {
    const news = confirmedNews();
    news(false, []);
    expect(news(true, ['added'])).toBeNull();
    expect(news(true, [])).toBeNull();
    expect(news(false, [])).toBe(1);
    expect(news(false, [])).toBeNull();
    expect(news(true, ['removed'])).toBeNull();
    expect(news(false, ['added'])).toBe(1);
  });

  it('counts documents delivered before the first confirmed snapshot', () => {
    const news = confirmedNews();
    expect(news(true, ['added', 'added'])).toBeNull();
    expect(news(false, [])).toBe(2);
  });
});
