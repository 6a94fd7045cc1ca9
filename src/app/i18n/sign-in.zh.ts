import type { signInEn } from './sign-in.en';
import type { Translation } from './texts';

/** 登录被拒绝的原因与解决办法. */
export const signInZh: Translation<typeof signInEn> = {
  sentence: '{text}。',

  'sign-in-off.what': '此网站关闭了登录功能',
  'sign-in-off.todo':
    '只有网站管理员能更改：在 Firebase 控制台的 Authentication 中，于“登录方法”启用“匿名”登录，并在“设置”中允许用户注册。',
  'sign-in-api.what': '此网站的登录服务未启用',
  'sign-in-api.todo':
    '只有网站管理员能更改：请在 Google Cloud 控制台的“API 和服务”中启用“Identity Toolkit API”，几分钟后生效。',
  'sign-in-busy.what': '此网络的新登录次数过多',
  'sign-in-busy.todo':
    '同一网络中的所有人共用每小时约 100 次的限额。请一小时后再试，或换用其他网络，例如手机网络。',
  'sign-in-quota.what': '此网站暂时无法接待新访客',
  'sign-in-quota.todo':
    '新登录的名额已用完，请明天再试。网站管理员可以在 Firebase 控制台的 Authentication“设置”中申请更多名额。',
  'api-key.what': '此网站的 API 密钥无法使用',
  'api-key.todo':
    '只有网站管理员能更改：请在 Google Cloud 控制台的“凭据”中检查密钥及其限制，然后重新部署网站。',
  'address.what': '不允许在此网址登录',
  'address.todo':
    '请使用网站平时的网址打开。如果就是此网址，需要网站管理员将它加入 API 密钥的网站限制以及 Authentication 的授权网域。',
  'app-check.what': '此网站要求 Parley 无法通过的验证',
  'app-check.todo':
    '只有网站管理员能更改：请在 Firebase 控制台的“App Check”中，停止对 Authentication 和 Cloud Firestore 的强制验证。',
  'account.what': '你的登录已被网站管理员停用',
  'account.todo': '请联系网站管理员恢复，或换用其他浏览器。',
  'storage.what': '存储被阻止',
  'storage.todo':
    '浏览器不允许本页存储任何内容，而登录需要存储。请允许本页使用 Cookie 和网站数据，然后重试。',
  'sign-in.what': '无法登录',
  'sign-in.todo': '登录服务拒绝了请求，原因不明。请稍后重试；如果反复出现，请告知网站管理员。',
};
