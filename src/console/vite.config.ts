import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// What is built goes where the Makefile says (--outDir). One page, no outside request, no
// inline script: the hub's Content-Security-Policy allows neither.
export default defineConfig({
  plugins: [react()],
  base: '/',
  build: {
    target: 'es2021',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      output: { manualChunks: { antd: ['antd'], react: ['react', 'react-dom'] } },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/feed': 'http://127.0.0.1:8080' } },
});
