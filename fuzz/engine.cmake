cwtsim_fuzz(engine cwtsim_oracle)
