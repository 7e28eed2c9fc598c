"""Pictures and shapes: `elements` of DrawingML, `chart_size`, `chart_workbook`, `axes`, `chart`, `pictures`, `shapes`."""
