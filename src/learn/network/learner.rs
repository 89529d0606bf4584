//! A network while it learns, wherever it does: steps, answers, and what a checkpoint keeps of it.

use burn::module::Module;
use burn::tensor::Device;

use super::adam::{Moving, Rates};
use super::framework::Framework;
use super::lesson::Lessons;
use super::module::Net;
use super::processor::Processor;
use super::tally::Tally;
use crate::error::Result;
use crate::images::Images;
use crate::labels::CLASSES;

/// A network while it learns.
pub enum Learner {
    /// On the processor.
    Processor(Box<OnProcessor>),
    /// On a device of the framework's.
    Framework(Box<Framework>),
}

/// A network that the processor trains: all its numbers in vectors.
pub struct OnProcessor {
    processor: Processor,
    moving: Moving,
    /// What the numbers are put into to be kept.
    net: Net,
}

impl Learner {
    /// `net` before its first step, for batches of so many images, on a device without autodiff.
    ///
    /// # Errors
    /// Those of [`Processor::new`] and [`Net::values`].
    pub fn new(net: Net, batch: usize, device: &Device) -> Result<Self> {
        if *device == Device::flex() {
            let moving = Moving::from(net.values()?);
            Self::on_processor(net, moving, batch)
        } else {
            Ok(Self::Framework(Box::new(Framework::new(net.train(), device.clone().autodiff()))))
        }
    }

    /// `net`'s layers with these numbers on the processor.
    ///
    /// # Errors
    /// Those of [`Processor::new`].
    pub fn on_processor(net: Net, moving: Moving, batch: usize) -> Result<Self> {
        let processor = Processor::new(net.architecture(), batch)?;
        Ok(Self::Processor(Box::new(OnProcessor { processor, moving, net })))
    }

    /// One step on these lessons. Returns how the network did on what it has answered by now: a device's answers come a step later.
    ///
    /// # Errors
    /// Those of [`Tally::of`].
    pub fn step(self, lessons: &dyn Lessons, rates: &Rates) -> Result<(Self, Tally)> {
        match self {
            Self::Processor(mut learner) => {
                let tally = learner.processor.step(&learner.moving.values, lessons)?;
                let OnProcessor { processor, moving, .. } = &mut *learner;
                moving.step(processor.layout(), processor.gradient(), rates);
                Ok((Self::Processor(learner), tally))
            }
            Self::Framework(framework) => {
                let (framework, tally) = framework.step(lessons, rates)?;
                Ok((Self::Framework(Box::new(framework)), tally))
            }
        }
    }

    /// How the network did on the lessons that no step has told of yet.
    ///
    /// # Errors
    /// Those of [`Tally::of`].
    pub fn rest(&mut self) -> Result<Tally> {
        match self {
            Self::Processor(_) => Ok(Tally::default()),
            Self::Framework(framework) => framework.rest(),
        }
    }

    /// What an epoch draws on the device itself comes from this seed.
    pub fn seed(&self, seed: u64) {
        if let Self::Framework(framework) = self {
            framework.device.seed(seed);
        }
    }

    /// The logits of each image by the averaged weights, without dropout.
    ///
    /// # Errors
    /// Those of [`Framework::logits`].
    pub fn logits(&mut self, images: Images<'_>) -> Result<Vec<[f32; CLASSES]>> {
        match self {
            Self::Processor(learner) => Ok(learner.processor.logits(&learner.moving.averaged, &images)),
            Self::Framework(framework) => framework.logits(images),
        }
    }

    /// The averaged weights.
    pub fn averaged(&self) -> Net {
        match self {
            Self::Processor(learner) => learner.net.clone().with_values(&learner.moving.averaged),
            Self::Framework(framework) => framework.averaged.clone(),
        }
    }
}

impl OnProcessor {
    /// What the optimiser moves, each as a network.
    pub fn nets(&self) -> [Net; 4] {
        let Moving { values, averaged, first, second } = &self.moving;
        [values, averaged, first, second].map(|values| self.net.clone().with_values(values))
    }

    /// The same from what [`Self::nets`] gave.
    ///
    /// # Errors
    /// Those of [`Net::values`].
    pub fn put(&mut self, [values, averaged, first, second]: [&Net; 4]) -> Result<()> {
        self.moving = Moving {
            values: values.values()?,
            averaged: averaged.values()?,
            first: first.values()?,
            second: second.values()?,
        };
        Ok(())
    }

    /// The layers, to make others like it.
    pub fn net(&self) -> &Net {
        &self.net
    }
}
