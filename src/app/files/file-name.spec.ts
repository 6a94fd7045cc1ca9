import { cleanName, cleanPath, numbered } from './file-name';

describe('a file name from elsewhere', () => {
  const cases: readonly (readonly [what: string, given: string, clean: string])[] = [
    ['stays when there is nothing wrong with it', 'Ferien 2026, Tag 1.jpg', 'Ferien 2026, Tag 1.jpg'],
    ['stays in any script', '图片 – копия.png', '图片 – копия.png'],
    ['leads nowhere', '../../etc/passwd', '__.._etc_passwd'],
    ['leads nowhere on Windows', '..\\..\\autoexec.bat', '__.._autoexec.bat'],
    ['is not the folder itself', '..', '_'],
    ['is not hidden', '.bashrc', '_bashrc'],
    ['turns no text around', 'photo\u202Egpj.exe', 'photogpj.exe'],
    ['hides nothing', 'a\u200B\u2066b\u0000\n.txt', 'ab.txt'],
    ['is no device', 'con', '_con'],
    ['is no device with an extension', 'LPT1.txt', '_LPT1.txt'],
    ['may begin like a device', 'console.log', 'console.log'],
    ['does not end in what Windows drops', 'a.txt. . ', 'a.txt'],
    ['has no streams or wildcards', 'a:b*c?.txt', 'a_b_c_.txt'],
    ['is never empty', '\u202E', 'file'],
  ];
  for (const [what, given, clean] of cases) it(what, () => expect(cleanName(given)).toBe(clean));

  it('is short enough for any file system, and keeps its extension', () => {
    const name = cleanName(`${'名'.repeat(300)}.jpeg`);
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(200);
    expect(name).toMatch(/^名+\.jpeg$/);
  });

  it('can be numbered', () => {
    expect(numbered('a.tar.gz', 2)).toBe('a.tar (2).gz');
    expect(numbered('README', 3)).toBe('README (3)');
  });

  it('has a path that only leads down', () => {
    expect(cleanPath('photos/../../2026/./con')).toEqual(['photos', '2026', '_con']);
    expect(cleanPath('')).toEqual([]);
    expect(cleanPath('/a\\b/')).toEqual(['a', 'b']);
    expect(cleanPath('a/'.repeat(100)).length).toBe(16);
  });
});
