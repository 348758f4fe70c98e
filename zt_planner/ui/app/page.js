// Streamlit asks for its font of icons, 375 kB, just before it asks how to connect, and a browser gives fonts the higher
// priority: by HTTP/2 the page would stay white until all of the font is there. So the font is asked for afterwards.
{
  const { fonts } = document;
  fonts.load = (...asked) =>
    new Promise((done) => {
      new PerformanceObserver((loaded, observer) => {
        if (!loaded.getEntries().some(({ name }) => name.endsWith("/_stcore/host-config"))) return;
        observer.disconnect();
        delete fonts.load; // the browser's own is below it
        done(fonts.load(...asked));
      }).observe({ type: "resource" });
    });
}
