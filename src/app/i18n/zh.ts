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
  'title.lobby': '大厅 · Parley',
  'title.notFound': '找不到页面 · Parley',

  'home.heading': '视频通话，只在你们之间',
  'home.lead': '发起通话，分享通话码即可。无需注册，无需安装，全程端到端加密。',
  'home.newCall': '发起通话',
  'home.or': '或加入通话',
  'home.code': '通话码或链接',
  'home.codeHint': 'abcd-efgh-jkmn-pqrs',
  'home.join': '加入',
  'home.makeLobby': '创建大厅',
  'home.codeMissing': '请输入你收到的通话码或链接。',
  'home.codeWrong': '这不是有效的通话码。通话码由 16 个字母和数字组成，每四个一组。',
  'home.codeSeveral': '其中有多个不同的代码，请只粘贴你要用的那一个。',
  'home.offline': '你已离线。通话需要网络，恢复连接后即可使用。',
  'home.shared': '文件已保存在此设备上。发起或加入通话即可发送。',
  'home.insecure': '通话需要安全连接。请用以 https:// 开头的地址打开本页。',
  'home.unsupported': '此浏览器无法通话（缺少 {missing}）。请使用新版 Chrome、Edge、Firefox 或 Safari。',
  'home.install': '安装应用',

  'settings.open': '设置',
  'settings.heading': '设置',
  'settings.language': '语言',
  'settings.theme': '外观',
  'settings.sounds': '提示音',
  'settings.hideAddress': '隐藏我的地址',
  'settings.hideAddress.cost':
    '与你通话的人能看到你的网络地址，从中可大致推断你的位置。隐藏后，一切都经由中继：画面可能不够清晰、稍有延迟，并且网站必须设有中继服务器才能通话。',
  'settings.app': '应用',
  'settings.installed': 'Parley 已安装在此设备上。',
  'settings.installHint': '如果浏览器支持，可从浏览器菜单将 Parley 添加到此设备。',
  'settings.check': '检测设备和网络',
  'settings.back': '返回',

  'theme.system': '跟随系统',
  'theme.light': '浅色',
  'theme.dark': '深色',

  'notFound.heading': '这里什么也没有',
  'notFound.what': '没有使用此地址的页面。',
  'notFound.do': '如果有人给你发了通话链接，请重新复制完整的链接再打开。',
  'notFound.home': '前往首页',

  'update.available': 'Parley 有新版本可用。',
  'update.broken': 'Parley 的本地副本已损坏，请重新加载以恢复。',
  'update.missing': 'Parley 的一部分尚未加载完成。网络恢复后会自动重试；若仍无法加载，请重新加载页面。',
  'update.reload': '重新加载',
  'update.later': '稍后',

  'snack.close': '关闭',
};
