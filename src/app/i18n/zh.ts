import type { en } from './en';
import type { Translation } from './texts';

/** 简体中文. See `en.ts` for what belongs here. */
export const zh: Translation<typeof en> = {
  'app.name': 'Parley',
  'app.loading': '正在加载…',

  'title.home': 'Parley：只属于你们的视频通话',
  'title.call': '通话 · Parley',
  'title.settings': '设置 · Parley',
  'title.check': '检测 · Parley',
  'title.lobby': '圈子 · Parley',
  'title.notFound': '找不到页面 · Parley',

  'home.heading': '视频通话，只在你们之间',
  'home.lead': '发起通话，分享链接即可。无需注册，无需安装，端到端加密。',
  'home.newCall': '发起通话',
  'home.or': '或加入通话',
  'home.code': '通话码或链接',
  'home.codeHint': 'abcd-efgh-jkmn-pqrs',
  'home.join': '加入',
  'home.makeLobby': '创建圈子',
  'home.codeMissing': '请输入通话码或粘贴链接。',
  'home.codeWrong': '这不是有效的通话码。通话码由 16 个字母和数字组成，每四个一组。',
  'home.codeSeveral': '其中有多个不同的代码，请只粘贴要用的那一个。',
  'home.offline': '你已离线。请连接网络后再发起或加入通话。',
  'home.shared': '文件已就绪。发起或加入通话即可发送。',
  'home.insecure': '通话需要安全连接。请用以 https:// 开头的地址打开本页。',
  'home.unsupported': '此浏览器无法通话（缺少 {missing}）。请使用新版 Chrome、Edge、Firefox 或 Safari。',
  'home.install': '安装应用',

  'settings.open': '设置',
  'settings.heading': '设置',
  'settings.language': '语言',
  'settings.theme': '外观',
  'settings.sounds': '提示音',
  'settings.shortcuts': '单键快捷键',
  'settings.hideAddress': '隐藏我的 IP 地址',
  'settings.hideAddress.cost':
    '与你通话的人能看到你的 IP 地址，从中可大致推断你的位置。隐藏后，通话都经由中继服务器：画面可能不够清晰、略有延迟，且网站必须设有中继服务器。',
  'settings.app': '应用',
  'settings.installed': 'Parley 已安装在此设备上。',
  'settings.installHint': '要将 Parley 添加到此设备，请在浏览器菜单中查找“安装”或“添加到主屏幕”。',
  'settings.check': '检测设备和网络',
  'settings.back': '返回',

  'theme.system': '跟随系统',
  'theme.light': '浅色',
  'theme.dark': '深色',

  'notFound.heading': '找不到页面',
  'notFound.what': '此地址没有对应的页面。',
  'notFound.do': '如果你打开的是通话链接，请重新复制完整的链接再打开。',
  'notFound.home': '前往首页',

  'update.available': 'Parley 有新版本可用。',
  'update.broken': 'Parley 的本地副本已损坏，请重新加载以重新下载。',
  'update.missing': 'Parley 的部分内容尚未加载，网络恢复后会自动重试。如果仍无法加载，请重新加载页面。',
  'update.reload': '重新加载',
  'update.later': '稍后',

  'snack.close': '关闭',
};
