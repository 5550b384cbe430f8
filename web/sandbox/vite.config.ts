import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { mockServices } from '../dev/mock.ts';

export default defineConfig(({ command }) => ({
  base: '/sandbox/',
  plugins: [react(), ...(command === 'serve' ? [mockServices()] : [])],
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { port: 5181, strictPort: true },
  preview: { port: 5181, strictPort: true },
}));
