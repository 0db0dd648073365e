/** Where people look at a job themselves. */
export const CONSOLE = 'https://console.cloud.tencent.com/dts/migration'
