export interface Setting {
  key: string;
  label: string;
  help?: string;
  secret?: boolean;
  optional?: boolean;
}

export interface Provider {
  name: string;
  title: string;
  channel: string;
  /** Where at the provider the credentials are found. */
  find: string;
  /** What to do there with the webhook's address. */
  paste: string;
  settings: Setting[];
}

const meta = (id: string, idLabel: string, name: string, title: string, channel: string): Provider => ({
  name,
  title,
  channel,
  find: 'In Meta’s app dashboard: the app secret under App settings, Basic; the identifier and a permanent access token in the product’s own settings.',
  paste: 'In Meta’s app dashboard, under Webhooks, paste this as the callback URL together with your verify token, and subscribe to messages.',
  settings: [
    { key: id, label: idLabel },
    { key: 'accessToken', label: 'Access token', secret: true },
    { key: 'appSecret', label: 'App secret', secret: true, help: 'Signs what Meta sends here.' },
    { key: 'verifyToken', label: 'Verify token', secret: true, help: 'A word of your own; Meta asks for it once.' },
  ],
});

/** How each provider is connected, by the names of the external contract. */
export const providers: Provider[] = [
  {
    name: 'Twilio',
    title: 'WhatsApp by Twilio',
    channel: 'whatsapp',
    find: 'In Twilio’s console: account SID and auth token on the first page, the number under WhatsApp senders.',
    paste: 'In Twilio’s console, under the WhatsApp sender, paste this as the webhook for incoming messages, by HTTP POST, with #rc=5&rp=all at its end so that Twilio repeats what was not answered.',
    settings: [
      { key: 'accountSid', label: 'Account SID', help: 'Begins with AC.' },
      { key: 'authToken', label: 'Auth token', secret: true, help: 'Signs what Twilio sends here.' },
      { key: 'from', label: 'Sender', help: 'Such as whatsapp:+15550001000.' },
    ],
  },
  meta('phoneNumberId', 'Phone number ID', 'WhatsApp', 'WhatsApp by Meta', 'whatsapp'),
  meta('pageId', 'Page ID', 'Messenger', 'Messenger', 'facebook'),
  meta('accountId', 'Account ID', 'Instagram', 'Instagram', 'instagram'),
  {
    name: 'Telegram',
    title: 'Telegram',
    channel: 'telegram',
    find: 'BotFather gives the token when the bot is made. The secret is a word of your own.',
    paste: 'Call setWebhook of Telegram’s API with this as url and your secret as secret_token.',
    settings: [
      { key: 'botToken', label: 'Bot token', secret: true },
      { key: 'secretToken', label: 'Secret token', secret: true, help: 'Letters, digits, _ and -.' },
    ],
  },
  {
    name: 'Slack',
    title: 'Slack',
    channel: 'slack',
    find: 'In the app’s settings at Slack: the signing secret under Basic Information, the bot token under OAuth & Permissions.',
    paste: 'In the app’s settings at Slack, under Event Subscriptions, paste this as the request URL and subscribe to message.im.',
    settings: [
      { key: 'signingSecret', label: 'Signing secret', secret: true },
      { key: 'botToken', label: 'Bot token', secret: true, help: 'Begins with xoxb-.' },
    ],
  },
  {
    name: 'WeChat',
    title: 'WeChat',
    channel: 'wechat',
    find: 'In the Official Account’s settings, under Development, Basic configuration.',
    paste: 'In the Official Account’s server configuration, paste this as the URL, with the same token and AES key, in safe mode.',
    settings: [
      { key: 'appId', label: 'App ID' },
      { key: 'appSecret', label: 'App secret', secret: true },
      { key: 'token', label: 'Token', secret: true },
      { key: 'encodingAesKey', label: 'Encoding AES key', secret: true, help: '43 characters.' },
    ],
  },
  {
    name: 'Shopify',
    title: 'Shopify',
    channel: 'shopify',
    find: 'In the shop’s admin, under Settings, Apps, Develop apps.',
    paste: 'In the app’s settings, use this as the address of its webhooks.',
    settings: [
      { key: 'shop', label: 'Shop', help: 'Such as name.myshopify.com.' },
      { key: 'accessToken', label: 'Access token', secret: true },
      { key: 'webhookSecret', label: 'Webhook secret', secret: true },
    ],
  },
  {
    name: 'Custom',
    title: 'Own system (Standard Webhooks)',
    channel: 'custom',
    find: 'The secret is shared between your system and this one; it begins with whsec_.',
    paste: 'Let your system send signed webhooks to this address.',
    settings: [
      { key: 'secret', label: 'Secret', secret: true },
      { key: 'callbackUrl', label: 'Callback URL', help: 'Where answers are sent; without one the channel only receives.', optional: true },
    ],
  },
];
