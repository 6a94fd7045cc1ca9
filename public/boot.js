// Before the first paint: which language, which theme, which page. The app itself takes over from here.
(() => {
  const root = document.documentElement;
  let language = null;
  let theme = null;
  try {
    language = localStorage.getItem('parley.language');
    theme = localStorage.getItem('parley.theme');
  } catch {
    // Storage is blocked: the browser's own preferences serve.
  }
  if (language !== 'en' && language !== 'zh') {
    const primaries = navigator.languages.map((tag) => tag.toLowerCase().split('-')[0]);
    language = primaries.find((primary) => primary === 'en' || primary === 'zh') ?? 'en';
  }
  root.lang = language === 'zh' ? 'zh-Hans' : 'en';
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  if (location.pathname === '/' && !location.search) root.dataset.page = 'home';
})();
