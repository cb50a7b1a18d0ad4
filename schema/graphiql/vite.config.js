import { defineConfig } from 'vite';

export default defineConfig({
  // Relative addresses let the page live below any path prefix.
  base: './',
  build: {
    outDir: '../softlanding_schema/server/graphiql_bundle',
    emptyOutDir: true,
    // The licences of what the bundle contains travel with it.
    license: { fileName: 'licenses.md' },
    // Monaco is one large chunk whatever we do; a warning would help nobody.
    chunkSizeWarningLimit: 6000,
  },
});
