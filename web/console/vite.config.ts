import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { mockConsole } from '../dev/mock-console.ts';

// `npm run dev:console` works on a running system: ASSISTIFY_URL, by default the usual address.
const system = process.env.ASSISTIFY_URL ?? 'http://localhost:8080';

export default defineConfig({
  base: '/console/',
  plugins: [react(), mockConsole()],
  // The pages run under a policy without inline code and without data: fonts.
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: {
    port: 5182,
    strictPort: true,
    proxy: {
      '/api': system,
      '/hubs': { target: system, ws: true },
    },
  },
  preview: { port: 5182, strictPort: true, proxy: {} },
});
