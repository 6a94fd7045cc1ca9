// Before the first paint: which language, which theme, which page. The app itself takes over from here. The build makes this part of
// index.html, and firebase.json lets it run by its hash.
(() => {
  const root = document.documentElement;
  const read = (storage, key) => {
    try {
      return self[storage].getItem(key);
    } catch {
      // Storage is blocked: the browser's own preferences serve.
      return null;
    }
  };
  let language = read('localStorage', 'parley.language');
  if (language !== 'en' && language !== 'zh') {
    const primaries = navigator.languages.map((tag) => tag.toLowerCase().split('-')[0]);
    language = primaries.find((primary) => primary === 'en' || primary === 'zh') ?? 'en';
  }
  root.lang = language === 'zh' ? 'zh-Hans' : 'en';
  const theme = read('localStorage', 'parley.theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  if (location.pathname === '/' && !location.search) root.dataset.page = 'home';

  // Scripts of the page that do not arrive are fetched again with it: a few times, later each time.
  const key = 'parley.loads';
  const count = (loads) => {
    try {
      sessionStorage.setItem(key, String(loads));
      return true;
    } catch {
      // What is not counted would be repeated without end.
      return false;
    }
  };
  let failed = false;
  const fail = ({ target }) => {
    if (failed || !(target instanceof HTMLScriptElement)) return;
    failed = true;
    // Anything else than a count reads as none.
    const loads = Math.max(0, Math.trunc(Number(read('sessionStorage', key))) || 0);
    if (loads < 4 && count(loads + 1)) setTimeout(() => location.reload(), 500 * 2 ** loads);
    else document.readyState === 'loading' ? addEventListener('DOMContentLoaded', tell) : tell();
  };
  addEventListener('error', fail, true);
  // Modules have run by then.
  addEventListener('load', () => failed || count(0));

  const tell = () => {
    const [words, label] =
      language === 'zh'
        ? ['Parley 未能加载。请检查网络，然后重新加载。', '重新加载']
        : ['Parley couldn’t load. Check your network, then reload.', 'Reload'];
    const note = document.createElement('div');
    note.className = 'unloaded';
    note.setAttribute('role', 'alert');
    const button = document.createElement('button');
    button.className = 'button filled';
    button.textContent = label;
    button.onclick = () => {
      count(0);
      location.reload();
    };
    note.append(words, button);
    document.body.append(note);
  };
})();
