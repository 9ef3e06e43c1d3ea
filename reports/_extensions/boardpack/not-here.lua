io.stderr:write("Packs are not rendered here. Run boardpacks build, or render what it has composed: "
  .. "quarto render reports/work/MEETING/PLACE/source\n")
os.exit(1)
