import { App as AntApp, ConfigProvider } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './console.css';
import { App } from './App';
import { lang, t } from './lang';
import { SessionProvider } from './session';

// The hub puts a new nonce into every page: styles that antd makes carry it, others do not count.
const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content;

document.documentElement.lang = lang === 'en' ? 'en' : 'zh-CN';
document.title = t('坊子屏控中心');

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ConfigProvider
      locale={lang === 'en' ? enGB : zhCN}
      csp={{ nonce }}
      theme={{
        token: {
          colorPrimary: '#0b4ea2',
          colorLink: '#0b4ea2',
          colorTextDescription: '#5b6b81',
          colorTextPlaceholder: '#6b7a90',
          fontFamily: '"Noto Sans CJK SC","Microsoft YaHei",system-ui,sans-serif',
          motion: false,
        },
      }}
    >
      <AntApp>
        <SessionProvider>
          <App />
        </SessionProvider>
      </AntApp>
    </ConfigProvider>
  </StrictMode>,
);
